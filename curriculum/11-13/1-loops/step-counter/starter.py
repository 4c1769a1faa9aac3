days = int(input())
total = 0

for day in range(1, days + 1):
    steps = int(input())
    # Add to the total. Is this the best day so far?

print("Total:", total)
