"""Spins in eight threads at once: their CPU time adds up to one program's.

[limits]
cpu_ms = 300
wall_ms = 12000

[expect]
outcome = "time_limit"
max_wall_ms = 8000
"""

import threading


def spin() -> None:
    while True:
        pass


for _ in range(8):
    threading.Thread(target=spin).start()
