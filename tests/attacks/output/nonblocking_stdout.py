"""Makes its stdout non-blocking and pushes five megabytes into it anyway.

[limits]
cpu_ms = 5000
wall_ms = 15000
output_bytes = 65536

[expect]
outcome = "output_limit"
truncated = true
"""

import os

os.set_blocking(1, False)
sent = 0
while sent < 5_000_000:
    try:
        sent += os.write(1, b"x" * 4096)
    except BlockingIOError:
        continue
