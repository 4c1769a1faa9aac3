r"""Sleeps for ever: uses no CPU at all, so the wall clock must end it.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
stdout = "good night\n"
max_wall_ms = 2500
"""

import time

print("good night")
time.sleep(10_000)
