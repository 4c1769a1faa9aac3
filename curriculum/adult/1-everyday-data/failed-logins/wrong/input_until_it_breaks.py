from collections import Counter

failures = Counter()
while True:
    line = input()
    if not line:
        break
    _date, _time, result, _user, address = line.split()
    if result == "FAILED":
        failures[address] += 1

suspects = [(address, count) for address, count in failures.items() if count >= 3]
for address, count in sorted(suspects, key=lambda item: (-item[1], item[0])):
    print(address, count)
if not suspects:
    print("none")
