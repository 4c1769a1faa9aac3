"""Lets orphans spin, which its own waiting would never account for.

[limits]
cpu_ms = 300
wall_ms = 12000

[expect]
outcome = "time_limit"
max_wall_ms = 8000
"""

import os
import time

if os.fork() == 0:
    if os.fork() == 0:
        while True:
            pass
    os._exit(0)
os.wait()
time.sleep(10_000)
