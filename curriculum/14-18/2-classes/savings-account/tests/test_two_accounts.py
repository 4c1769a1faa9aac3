import unittest

from main import Account


class TestTwoAccounts(unittest.TestCase):
    def test_each_account_has_its_own_money_and_history(self):
        first, second = Account(), Account()
        first.deposit(700)
        self.assertEqual(second.balance, 0)
        self.assertEqual(second.history(), [])
