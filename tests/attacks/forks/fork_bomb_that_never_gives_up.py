"""Forks in an endless loop, whatever is refused.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

import os

while True:
    try:
        os.fork()
    except OSError:
        continue
