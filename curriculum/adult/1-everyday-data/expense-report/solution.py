import csv
from decimal import Decimal

totals = {}
with open("expenses.csv", newline="") as file:
    for row in csv.DictReader(file):
        totals[row["category"]] = totals.get(row["category"], Decimal(0)) + Decimal(row["amount"])

print(f"Total: {sum(totals.values(), Decimal(0)):.2f}")

with open("totals.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["category", "total"])
    for category in sorted(totals):
        writer.writerow([category, f"{totals[category]:.2f}"])
