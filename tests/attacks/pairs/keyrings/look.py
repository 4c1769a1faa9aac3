"""Looks for the keys."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
found = []
if libc.syscall(249, b"user", b"left-behind", None, -3) >= 0:
    found.append("key")
for ring in range(-1, -6, -1):
    if libc.syscall(250, 10, ring, b"user", b"left-behind", 0) >= 0:
        found.append(ring)
try:
    with open("/proc/keys") as keys:
        found += [line for line in keys if "left" in line]
except OSError:
    pass
print(found or "nothing")
