"""Leaves POSIX message queues with a message in each, by the system call and by the file system.

[expect]
container = "same"
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for library in (libc, "librt.so.1"):
    try:
        library = library if library is libc else ctypes.CDLL(library, use_errno=True)
        queue = library.mq_open(b"/left-behind", os.O_CREAT | os.O_RDWR, 0o666, None)
        if queue >= 0:
            library.mq_send(queue, b"left behind", 11, 0)
    except (OSError, AttributeError):
        pass
try:
    os.close(os.open("/dev/mqueue/left-too", os.O_CREAT, 0o666))
except OSError:
    pass
