"""Catches SIGXCPU and goes on.

[limits]
cpu_ms = 300
wall_ms = 1500

[expect]
outcome = "time_limit"
"""

import signal

signal.signal(signal.SIGXCPU, lambda number, frame: None)
while True:
    pass
