n = int(input())

# Count down from n to 1, then print: Lift off!
