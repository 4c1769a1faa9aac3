"""Waits uninterruptibly for a vfork child that never ends.

[machine]
only = "x86_64"

[limits]
wall_ms = 900

[expect]
outcome = "time_limit"
"""

import ctypes
import time

libc = ctypes.CDLL(None, use_errno=True)
CLONE_VFORK, SIGCHLD = 0x4000, 17
if libc.syscall(56, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0) == 0:
    while True:
        time.sleep(100)
print("woke up")
time.sleep(10_000)  # where the kernel refused, the wall clock must still decide
