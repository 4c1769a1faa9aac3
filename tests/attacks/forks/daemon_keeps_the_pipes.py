r"""Ends while a child that sleeps for ever still holds its stdout and stderr open.

[limits]
wall_ms = 20000

[expect]
outcome = "ok"
stdout = "the parent is done\n"
max_wall_ms = 5000
"""

import os
import time

if os.fork() == 0:
    time.sleep(10_000)
    os._exit(0)
print("the parent is done")
