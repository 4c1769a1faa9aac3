"""Forty processes grow a little each, so that none of them is the largest in the container.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "memory_limit"
"""

import os
import time

children = []
for _ in range(40):
    try:
        child = os.fork()
    except OSError:
        break
    if child == 0:
        hoard = []
        for _ in range(64):
            hoard.append(bytearray(b"x") * 100_000)
            time.sleep(0.01)
        time.sleep(3)
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
