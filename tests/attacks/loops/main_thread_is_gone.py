"""Ends its main thread alone, so that the process looks dead while another thread spins for ever.

[limits]
cpu_ms = 300
wall_ms = 2000

[expect]
outcome = "time_limit"
"""

import ctypes
import os
import threading


def spin() -> None:
    while True:
        pass


threading.Thread(target=spin, daemon=True).start()
number = {"x86_64": 60, "aarch64": 93}[os.uname().machine]
ctypes.CDLL(None).syscall(number, 0)
