"""Opens files until it may not.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "runtime_error"
stderr_contains = ["Too many open files"]
"""

hoard = []
while True:
    hoard.append(open("/dev/null"))
