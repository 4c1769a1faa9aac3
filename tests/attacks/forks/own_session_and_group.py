"""Moves to a session and a process group of its own, so that killing the group misses it, and sleeps.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
"""

import os
import time

try:
    os.setsid()
except OSError:
    os.setpgid(0, 0)
time.sleep(10_000)
