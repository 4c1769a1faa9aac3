import sys

for line in sys.stdin:
    date, time, result, user, address = line.split()
    # Count the failures of each address.
