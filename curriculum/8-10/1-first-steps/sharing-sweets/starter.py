sweets = int(input())
friends = int(input())

# How many does each friend get? How many are left over?
