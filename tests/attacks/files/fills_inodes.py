"""Makes empty files until the file system has no room for another name.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "runtime_error"
stderr_contains = ["No space left on device"]
"""

number = 0
while True:
    with open(str(number), "w"):
        number += 1
