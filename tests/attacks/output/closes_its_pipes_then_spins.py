r"""Closes all its pipes, as if it had ended, and spins.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
stdout = "bye\n"
"""

import os

print("bye", flush=True)
os.closerange(0, 4096)
while True:
    pass
