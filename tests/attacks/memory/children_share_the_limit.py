"""Eight children take 40 MB each: no process is large, together they are.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
"""

import os
import time

for _ in range(8):
    if os.fork() == 0:
        hoard = bytearray(b"x") * 40_000_000
        time.sleep(5)
        os._exit(0)
for _ in range(8):
    os.wait()
