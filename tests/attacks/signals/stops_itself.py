r"""Stops itself and is never continued.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
stdout = "stopping\n"
max_wall_ms = 2500
"""

import os
import signal

print("stopping", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
print("continued")
