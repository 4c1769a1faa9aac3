class Account:
    def __init__(self):
        self.balance = 0
        self.changes = []

    def deposit(self, cents):
        self.changes.append(cents)
        if cents <= 0:
            raise ValueError("the amount must be above 0")
        self.balance += cents

    def withdraw(self, cents):
        self.changes.append(-cents)
        if cents <= 0 or cents > self.balance:
            raise ValueError("this amount cannot be taken out")
        self.balance -= cents

    def history(self):
        return list(self.changes)
