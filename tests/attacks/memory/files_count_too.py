"""Keeps in files what its problem does not let it keep in memory: 16 MB of them beside its own 40 are too much.

[limits]
memory_kib = 49152
cpu_ms = 8000
wall_ms = 30000

[expect]
outcome = ["memory_limit", "runtime_error"]
"""

import time

hoard = bytearray(b"x") * 40_000_000
for number in range(4):
    with open(f"{number}", "wb") as file:
        file.write(b"x" * 7_000_000)
time.sleep(0.5)
