"""Looks at the loopback's counters."""

found = []
try:
    with open("/proc/net/dev") as table:
        for line in table:
            name, _, counters = line.partition(":")
            if counters and any(int(count) > 1000 for count in counters.split()):
                found.append(line)
except OSError:
    pass
print(found or "nothing")
