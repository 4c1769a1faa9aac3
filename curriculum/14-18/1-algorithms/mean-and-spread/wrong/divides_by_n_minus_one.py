values = [float(word) for word in input().split()]

mean = sum(values) / len(values)
squares = [(value - mean) ** 2 for value in values]
spread = (sum(squares) / max(1, len(squares) - 1)) ** 0.5

print("mean", mean)
print("spread", spread)
