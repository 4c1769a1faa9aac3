import sys
from collections import Counter

failures = Counter()
for line in sys.stdin:
    if "FAILED" in line:
        failures[line.split()[-1]] += 1

suspects = [(address, count) for address, count in failures.items() if count >= 3]
for address, count in sorted(suspects, key=lambda item: (-item[1], item[0])):
    print(address, count)
if not suspects:
    print("none")
