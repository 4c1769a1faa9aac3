r"""Leaves a daemon behind by the book: fork, setsid, fork, all pipes closed.

[expect]
outcome = "ok"
stdout = "the parent is done\n"
max_wall_ms = 3000
"""

import os
import sys
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 256)
        time.sleep(10_000)
    os._exit(0)
os.wait()
print("the parent is done")
sys.stdout.flush()
