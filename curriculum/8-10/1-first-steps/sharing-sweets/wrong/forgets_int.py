sweets = input()
friends = input()

print("Each friend gets", sweets // friends)
print("Left over:", sweets % friends)
