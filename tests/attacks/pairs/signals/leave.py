"""Ignores and blocks every signal, for itself and for what inherits it, and leaves signals pending.

[expect]
container = "same"
"""

import os
import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
for number in (signal.SIGUSR1, signal.SIGTERM, signal.SIGRTMIN):
    os.kill(os.getpid(), number)
