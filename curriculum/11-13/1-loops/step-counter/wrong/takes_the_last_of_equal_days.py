days = int(input())
total = 0
most_steps = -1
best_day = 0

for day in range(1, days + 1):
    steps = int(input())
    total += steps
    if steps >= most_steps:
        most_steps = steps
        best_day = day

print("Total:", total)
print("Best day:", best_day)
