"""Looks for the queues."""

import ctypes
import os

found = os.listdir("/dev/mqueue") if os.path.isdir("/dev/mqueue") else []
libc = ctypes.CDLL(None, use_errno=True)
try:
    for name in (b"/left-behind", b"/left-too"):
        if libc.mq_open(name, os.O_RDWR, 0, None) >= 0:
            found.append(name)
except AttributeError:
    pass
print(found or "nothing")
