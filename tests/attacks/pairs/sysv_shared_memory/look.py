"""Looks for the segment, by its key and in the kernel's table."""

import ctypes

found = []
if ctypes.CDLL(None).shmget(0x5EED, 0, 0) >= 0:
    found.append("segment")
try:
    with open("/proc/sysvipc/shm") as table:
        found += table.readlines()[1:]
except OSError:
    pass
print(found or "nothing")
