"""Ignores and blocks whatever can be ignored or blocked, and spins.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    pass
