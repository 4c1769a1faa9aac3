class Account:
    changes = []

    def __init__(self):
        self.balance = 0

    def deposit(self, cents):
        if cents <= 0:
            raise ValueError("the amount must be above 0")
        self.balance += cents
        self.changes.append(cents)

    def withdraw(self, cents):
        if cents <= 0 or cents > self.balance:
            raise ValueError("this amount cannot be taken out")
        self.balance -= cents
        self.changes.append(-cents)

    def history(self):
        return list(self.changes)
