values = [int(word) for word in input().split()]

mean = sum(values) / len(values)
squares = [(value - mean) ** 2 for value in values]
spread = (sum(squares) / len(squares)) ** 0.5

print("mean", mean)
print("spread", spread)
