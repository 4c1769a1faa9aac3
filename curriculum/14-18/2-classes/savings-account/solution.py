class Account:
    def __init__(self):
        self.balance = 0
        self._changes = []

    def deposit(self, cents):
        if cents <= 0:
            raise ValueError("the amount must be above 0")
        self._change(cents)

    def withdraw(self, cents):
        if cents <= 0:
            raise ValueError("the amount must be above 0")
        if cents > self.balance:
            raise ValueError("there is not enough on the account")
        self._change(-cents)

    def history(self):
        return list(self._changes)

    def _change(self, cents):
        self.balance += cents
        self._changes.append(cents)
