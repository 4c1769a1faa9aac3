"""Writes to the temporary directory until it is full.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "runtime_error"
stderr_contains = ["OSError"]
"""

import tempfile

number = 0
while True:
    with open(f"{tempfile.gettempdir()}/{number}", "wb") as file:
        file.write(b"x" * 500_000)
    number += 1
