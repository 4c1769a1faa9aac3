"""Leaves POSIX shared memory and named semaphores under every name that the library knows.

[expect]
container = "same"
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for name in (b"/left-behind", b"/sem.left-behind"):
    descriptor = libc.shm_open(name, os.O_CREAT | os.O_RDWR, 0o666)
    if descriptor >= 0:
        try:
            os.ftruncate(descriptor, 4096)
            os.write(descriptor, b"left behind")
        except OSError:
            pass
libc.sem_open(b"/left-behind", os.O_CREAT, 0o666, 1)
