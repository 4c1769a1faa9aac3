"""Sends SIGTERM to its whole process group, hoping that the leader is in it.

[expect]
outcome = "runtime_error"
exit_code = -15
"""

import os
import signal
import time

os.killpg(0, signal.SIGTERM)
time.sleep(10_000)
