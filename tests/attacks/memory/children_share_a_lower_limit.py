"""Three children take 35 MB each where their problem allows 48 MB in all, though the container would have room.

[limits]
memory_kib = 49152
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
"""

import os
import time

for _ in range(3):
    if os.fork() == 0:
        hoard = bytearray(b"x") * 35_000_000
        time.sleep(1)
        os._exit(0)
for _ in range(3):
    os.wait()
