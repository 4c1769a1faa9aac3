"""Waits politely while two children spin: their time is the program's time.

[limits]
cpu_ms = 300
wall_ms = 12000

[expect]
outcome = "time_limit"
max_wall_ms = 8000
"""

import os

for _ in range(2):
    if os.fork() == 0:
        while True:
            pass
os.wait()
