import csv
from decimal import Decimal

totals = {}
with open("expenses.csv", newline="") as file:
    for row in csv.DictReader(file):
        totals[row["category"]] = totals.get(row["category"], Decimal(0)) + Decimal(row["amount"])

print(f"Total: {sum(totals.values(), Decimal(0)):.2f}")

