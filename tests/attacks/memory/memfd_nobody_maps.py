"""Hides memory in memfds that no process maps, so that the out-of-memory killer might blame the platform's own.

Where memfds are refused it takes ordinary memory: the word is the same.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "memory_limit"
"""

import os

block = b"x" * 1_000_000
hoard = []
while True:
    try:
        memfd = os.memfd_create("hoard")
        for _ in range(8):
            os.write(memfd, block)
    except OSError:
        hoard.append(bytearray(block))
