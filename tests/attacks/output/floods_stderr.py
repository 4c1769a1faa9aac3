r"""Prints to stderr for ever.

[limits]
cpu_ms = 5000
wall_ms = 15000
output_bytes = 65536

[expect]
outcome = "output_limit"
stdout = "kept\n"
stderr_contains = ["complaint 0\ncomplaint 1\n"]
truncated = true
"""

import sys

print("kept", flush=True)
number = 0
while True:
    print("complaint", number, file=sys.stderr)
    number += 1
