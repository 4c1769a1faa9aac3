days = int(input())
all_steps = []

for day in range(days):
    all_steps.append(int(input()))

total = 0
day = 0
while day < days:
    total += all_steps[day]

print("Total:", total)
print("Best day:", all_steps.index(max(all_steps)) + 1)
