import unittest

from main import Account


class TestRefusals(unittest.TestCase):
    def setUp(self):
        self.account = Account()
        self.account.deposit(100)

    def test_more_than_the_balance_is_refused(self):
        with self.assertRaises(ValueError):
            self.account.withdraw(101)

    def test_the_whole_balance_is_not_refused(self):
        self.account.withdraw(100)
        self.assertEqual(self.account.balance, 0)

    def test_amounts_below_zero_are_refused(self):
        with self.assertRaises(ValueError):
            self.account.deposit(-5)
        with self.assertRaises(ValueError):
            self.account.withdraw(-5)

    def test_a_refused_amount_changes_nothing(self):
        for refused in (self.account.withdraw, self.account.deposit):
            with self.assertRaises(ValueError):
                refused(-1)
        with self.assertRaises(ValueError):
            self.account.withdraw(5000)
        self.assertEqual(self.account.balance, 100)
        self.assertEqual(self.account.history(), [100])
