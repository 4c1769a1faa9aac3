"""Writes one line that never ends, a character at a time.

[limits]
cpu_ms = 8000
wall_ms = 20000
output_bytes = 65536

[expect]
outcome = "output_limit"
truncated = true
"""

import sys

while True:
    sys.stdout.write("x")
