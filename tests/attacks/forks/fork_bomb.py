"""Forks in an endless loop and gives up at the first refusal.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "runtime_error"
"""

import os

while True:
    os.fork()
