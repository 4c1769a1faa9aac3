"""Starts threads until it may not.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "runtime_error"
stderr_contains = ["can't start new thread"]
"""

import threading

gate = threading.Event()
while True:
    threading.Thread(target=gate.wait, daemon=True).start()
