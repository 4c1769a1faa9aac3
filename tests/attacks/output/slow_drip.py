r"""Says a word every few milliseconds for ever, below any rate, until the wall clock ends it.

[limits]
wall_ms = 900

[expect]
outcome = "time_limit"
stdout_contains = ["drip 0\ndrip 1\n"]
"""

import time

number = 0
while True:
    print("drip", number)
    number += 1
    time.sleep(0.01)
