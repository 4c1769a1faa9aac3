values = [float(word) for word in input().split()]

mean = sum(values) / len(values)
squares = [(value - mean) ** 2 for value in values]
spread = (sum(squares) / len(squares))

print("mean", mean)
print("spread", spread)
