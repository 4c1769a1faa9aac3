values = [float(word) for word in input().split()]

# Compute the mean first, then the spread.
