"""Looks for the shared memory and the semaphore."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
found = os.listdir("/dev/shm") if os.path.isdir("/dev/shm") else []
for name in (b"/left-behind", b"/sem.left-behind"):
    if libc.shm_open(name, os.O_RDWR, 0) >= 0:
        found.append(name)
print(found or "nothing")
