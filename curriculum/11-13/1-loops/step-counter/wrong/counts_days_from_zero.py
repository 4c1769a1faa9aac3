days = int(input())
all_steps = []

for day in range(days):
    all_steps.append(int(input()))

print("Total:", sum(all_steps))
print("Best day:", all_steps.index(max(all_steps)))
