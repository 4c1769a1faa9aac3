r"""Asks files, pipes, sockets and the null device for what ioctl offers beyond reading and writing.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import errno
import fcntl
import os
import socket

REQUESTS = {
    "FS_IOC_GETFLAGS": 0x80086601,
    "FS_IOC_SETFLAGS": 0x40086602,
    "FS_IOC_FIEMAP": 0xC020660B,
    "FICLONE": 0x40049409,
    "FIDEDUPERANGE": 0xC0189436,
    "FIBMAP": 1,
    "FIOASYNC": 0x5452,
    "FIFREEZE": 0xC0045877,
    "RNDADDENTROPY": 0x40085203,
    "SIOCGIFCONF": 0x8912,
    "SIOCGIFHWADDR": 0x8927,
    "NS_GET_PARENT": 0xB702,
    "NS_GET_USERNS": 0xB701,
    "LOOP_CTL_GET_FREE": 0x4C82,
    "high bits": 0x5401 | 1 << 31,
}
places = [os.open(path, os.O_RDONLY) for path in ("/dev/null", "/dev/urandom", "main.py", "/usr", "/proc/self/ns/user")]
places += [0, 1, socket.socketpair()[0].fileno()]
found = []
for name, request in REQUESTS.items():
    for place in places:
        try:
            fcntl.ioctl(place, request, bytes(64))
            found.append((name, place))
        except OSError as error:
            if error.errno != errno.EPERM:
                found.append((name, place, error.strerror))
print(found or "refused")
