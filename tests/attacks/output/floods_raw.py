"""Writes as fast as the kernel takes it, past Python's buffers.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "output_limit"
truncated = true
"""

import os

block = b"\x00\xff\n" * 20_000
while True:
    os.write(1, block)
