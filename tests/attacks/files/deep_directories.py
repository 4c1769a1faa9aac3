r"""Nests directories far beyond the longest path that a cleaner could name.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "ok"
stdout = "deep\n"
"""

import os

try:
    for _ in range(5000):
        os.mkdir("d" * 100)
        os.chdir("d" * 100)
except OSError:
    pass
print("deep")
