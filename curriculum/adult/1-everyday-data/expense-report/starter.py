import csv

with open("expenses.csv", newline="") as file:
    for row in csv.DictReader(file):
        print(row["category"], row["amount"])

# Print the total, and write totals.csv.
