"""Lets a child die of memory while the parent goes on and ends well.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
"""

import os

child = os.fork()
if child == 0:
    hoard = []
    while True:
        hoard.append(bytearray(1_000_000))
os.waitpid(child, 0)
print("the parent is fine")
