class Account:
    def __init__(self):
        self.balance = 0
        self.changes = []

    def deposit(self, cents):
        if cents <= 0:
            raise ValueError("the amount must be above 0")
        self.balance += cents
        self.changes.append(cents)


account = Account()
account.deposit(500)
account.withdraw(200)
