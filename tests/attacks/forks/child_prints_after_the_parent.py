r"""Lets a child print for ever after the parent has ended: nothing of it belongs to the next run.

[expect]
outcome = "ok"
stdout_contains = ["the parent is done\n"]
max_wall_ms = 4000
"""

import os
import time

if os.fork() == 0:
    for _ in range(10_000):
        os.write(1, b"boo\n")
        time.sleep(0.01)
    os._exit(0)
print("the parent is done", flush=True)
