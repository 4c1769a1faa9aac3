r"""Fills the kernel's queue of real-time signals.

[expect]
outcome = "ok"
stdout = "done\n"
"""

import os
import signal

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGRTMIN + 1})
try:
    for _ in range(200_000):
        os.kill(os.getpid(), signal.SIGRTMIN + 1)
except OSError:
    pass
print("done")
