"""Spends two thirds of its CPU time, most of it in children.

[limits]
cpu_ms = 600
wall_ms = 15000

[expect]
container = "same"
"""

import os
import time

if os.fork() == 0:
    while time.process_time() < 0.35:
        pass
    os._exit(0)
os.wait()
