r"""Prints to both streams for ever: the limit is on the two together.

[limits]
cpu_ms = 5000
wall_ms = 15000
output_bytes = 65536

[expect]
outcome = "output_limit"
stdout_contains = ["out\nout\n"]
stderr_contains = ["err\nerr\n"]
truncated = true
"""

import os

while True:
    os.write(1, b"out\n" * 100)
    os.write(2, b"err\n" * 100)
