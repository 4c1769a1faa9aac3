r"""Leaves children that are stopped and have every signal blocked.

[expect]
outcome = "ok"
stdout = "done\n"
max_wall_ms = 4000
"""

import os
import signal

for _ in range(5):
    if os.fork() == 0:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        os.kill(os.getpid(), signal.SIGSTOP)
print("done")
