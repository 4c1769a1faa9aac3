import unittest

from main import Account


class TestHistory(unittest.TestCase):
    def test_a_new_account_has_no_history(self):
        self.assertEqual(Account().history(), [])

    def test_changing_the_list_does_not_change_the_account(self):
        account = Account()
        account.deposit(10)
        account.history().append(1_000_000)
        self.assertEqual(account.history(), [10])
        self.assertEqual(account.balance, 10)
