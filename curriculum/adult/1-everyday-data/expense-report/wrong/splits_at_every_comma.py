totals = {}
with open("expenses.csv") as file:
    columns = next(file).strip().split(",")
    for line in file:
        fields = line.strip().split(",")
        category = fields[columns.index("category")]
        amount = float(fields[columns.index("amount")])
        totals[category] = totals.get(category, 0) + amount

print(f"Total: {sum(totals.values()):.2f}")

with open("totals.csv", "w") as file:
    file.write("category,total\n")
    for category in sorted(totals):
        file.write(f"{category},{totals[category]:.2f}\n")
