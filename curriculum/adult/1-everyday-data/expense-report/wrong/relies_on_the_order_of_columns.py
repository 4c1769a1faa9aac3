import csv

totals = {}
with open("expenses.csv", newline="") as file:
    reader = csv.reader(file)
    next(reader)
    for _date, category, amount in reader:
        totals[category] = totals.get(category, 0) + float(amount)

print(f"Total: {sum(totals.values()):.2f}")

with open("totals.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["category", "total"])
    for category in sorted(totals):
        writer.writerow([category, f"{totals[category]:.2f}"])
