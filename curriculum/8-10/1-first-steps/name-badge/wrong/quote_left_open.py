name = input()
print("Hello, + name + !")
print("Hello, )
