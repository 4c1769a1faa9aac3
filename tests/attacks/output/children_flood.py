"""Has eight children print for ever and waits for them.

[limits]
cpu_ms = 8000
wall_ms = 20000
output_bytes = 65536

[expect]
outcome = "output_limit"
truncated = true
"""

import os

for _ in range(8):
    if os.fork() == 0:
        while True:
            os.write(1, b"noise\n" * 50)
for _ in range(8):
    os.wait()
