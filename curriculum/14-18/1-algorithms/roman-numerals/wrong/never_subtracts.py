SYMBOLS = [(1000, "M"), (500, "D"), (100, "C"), (50, "L"), (10, "X"), (5, "V"), (1, "I")]


def to_roman(number):
    numeral = ""
    for value, symbol in SYMBOLS:
        numeral += symbol * (number // value)
        number %= value
    return numeral
