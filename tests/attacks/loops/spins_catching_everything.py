"""Spins in a loop that swallows every exception, KeyboardInterrupt and SystemExit included.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

while True:
    try:
        while True:
            raise SystemExit(0)
    except BaseException:
        continue
