"""Interrupts itself every few microseconds and never gets anywhere.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

import signal

signal.signal(signal.SIGALRM, lambda number, frame: None)
signal.setitimer(signal.ITIMER_REAL, 0.00005, 0.00005)
while True:
    pass
