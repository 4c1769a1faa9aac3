"""Leaves a daemon, an orphan that spins and a chain of processes that never stands still.

[expect]
container = "same"
"""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 256)
        time.sleep(10_000)
    os._exit(0)
os.wait()
if os.fork() == 0:
    while True:
        pass
if os.fork() == 0:
    while True:
        if os.fork() != 0:
            os._exit(0)
