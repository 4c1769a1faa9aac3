"""Spends its CPU time in children that end one after another, each below the limit.

[limits]
cpu_ms = 400
wall_ms = 15000

[expect]
outcome = "time_limit"
max_wall_ms = 10000
"""

import os
import time

while True:
    if os.fork() == 0:
        while time.process_time() < 0.05:
            pass
        os._exit(0)
    os.wait()
