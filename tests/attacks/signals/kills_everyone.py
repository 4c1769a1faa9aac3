r"""Kills every process that it may, which is nobody but itself.

[expect]
outcome = "ok"
stdout = "alone\n"
"""

import os
import signal

try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    pass
print("alone")
