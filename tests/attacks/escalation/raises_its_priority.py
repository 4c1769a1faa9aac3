r"""Puts itself before everyone else: negative niceness, real-time scheduling, real-time disk access.

[machine]
only = "x86_64"

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
found = []
try:
    os.nice(-5)
    found.append("nice")
except OSError:
    pass
for policy in (os.SCHED_FIFO, os.SCHED_RR):
    try:
        os.sched_setscheduler(0, policy, os.sched_param(50))
        found.append(policy)
    except OSError:
        pass
if libc.syscall(251, 1, 0, (1 << 13) | 0) == 0:  # ioprio_set, real-time class
    found.append("ioprio")
print(found or "refused")
