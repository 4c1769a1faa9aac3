"""Spends two thirds of its own CPU time.

[limits]
cpu_ms = 600
wall_ms = 15000
"""

import time

while time.process_time() < 0.35:
    pass
print("nothing")
