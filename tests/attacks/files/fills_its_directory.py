"""Writes one file in its working directory until it may not grow any more.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "runtime_error"
stderr_contains = ["OSError"]
"""

with open("big", "wb") as file:
    while True:
        file.write(b"x" * 500_000)
