import unittest

from main import Account


class TestPayingIn(unittest.TestCase):
    def test_a_new_account_is_empty(self):
        self.assertEqual(Account().balance, 0)

    def test_a_deposit_raises_the_balance(self):
        account = Account()
        account.deposit(250)
        account.deposit(50)
        self.assertEqual(account.balance, 300)

    def test_nothing_cannot_be_paid_in(self):
        with self.assertRaises(ValueError):
            Account().deposit(0)
