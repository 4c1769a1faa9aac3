class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, cents):
        self.balance += cents

    # withdraw and history are missing, and deposit does not check the amount yet.


if __name__ == "__main__":
    account = Account()
    account.deposit(500)
    print(account.balance)
