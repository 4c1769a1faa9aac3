r"""Complains once on stderr and then floods stdout: the complaint came before and is kept.

[limits]
cpu_ms = 5000
wall_ms = 15000
output_bytes = 8192

[expect]
outcome = "output_limit"
stderr = "this was said first\n"
stdout_bytes = 8172
truncated = true
"""

import os

os.write(2, b"this was said first\n")
while True:
    os.write(1, b"flood\n" * 1000)
