import unittest

from main import Account


class TestTakingOut(unittest.TestCase):
    def test_a_withdrawal_lowers_the_balance(self):
        account = Account()
        account.deposit(500)
        account.withdraw(200)
        self.assertEqual(account.balance, 300)

    def test_the_history_has_every_change_in_order(self):
        account = Account()
        account.deposit(500)
        account.withdraw(200)
        self.assertEqual(account.history(), [500, -200])
