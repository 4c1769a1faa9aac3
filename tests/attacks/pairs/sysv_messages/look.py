"""Looks for the queue, by its key and in the kernel's table."""

import ctypes

found = []
if ctypes.CDLL(None).msgget(0x5EED, 0) >= 0:
    found.append("queue")
try:
    with open("/proc/sysvipc/msg") as table:
        found += table.readlines()[1:]
except OSError:
    pass
print(found or "nothing")
