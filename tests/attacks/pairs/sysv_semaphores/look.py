"""Looks for the semaphores, by their key and in the kernel's table."""

import ctypes

found = []
if ctypes.CDLL(None).semget(0x5EED, 0, 0) >= 0:
    found.append("semaphores")
try:
    with open("/proc/sysvipc/sem") as table:
        found += table.readlines()[1:]
except OSError:
    pass
print(found or "nothing")
