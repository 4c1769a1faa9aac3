"""Moves to a session and a process group of its own, so that killing the group misses it, and sleeps.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
"""

import os
import time

for way in (os.setsid, os.setpgrp):
    try:
        way()
    except OSError:
        pass  # it is the leader of both already
time.sleep(10_000)
