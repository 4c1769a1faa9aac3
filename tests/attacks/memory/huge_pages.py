r"""Asks for huge pages, which a host that has some does not count as the container's memory.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import ctypes
import errno
import mmap
import os

found = []
for size in (0, 21 << 26, 30 << 26):
    try:
        mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000 | size)
        found.append("mapped")
    except OSError as error:
        if error.errno != errno.EPERM:  # ENOMEM: only there are none free
            found.append(error.strerror)
libc = ctypes.CDLL(None, use_errno=True)
if libc.memfd_create(b"huge", 4) >= 0 or ctypes.get_errno() != errno.EPERM:
    found.append("memfd")
os.close(os.memfd_create("small"))
print(found or "refused")
