"""Clears the wish to die with its parent and makes itself undumpable, so that nobody may look into it.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(1, 0, 0, 0, 0)  # PR_SET_PDEATHSIG
libc.prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
libc.prctl(15, b"supervisor", 0, 0, 0)  # PR_SET_NAME
while True:
    pass
