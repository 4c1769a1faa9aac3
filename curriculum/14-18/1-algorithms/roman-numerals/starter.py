def to_roman(number):
    numeral = ""
    # Build the numeral from the largest symbol to the smallest.
    return numeral


print(to_roman(14))
