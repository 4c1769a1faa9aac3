r"""Opens a terminal of its own, and asks for what only terminals know: line disciplines, typed input, other drivers.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import fcntl
import os
import struct

N_GSM, TIOCSETD, TIOCSTI, TIOCLINUX, TIOCSCTTY = 21, 0x5423, 0x5412, 0x541C, 0x540E
found = []
for path in ("/dev/ptmx", "/dev/pts/ptmx", "/dev/tty", "/dev/console"):
    try:
        found.append((path, os.open(path, os.O_RDWR | os.O_NOCTTY)))
    except OSError:
        pass
for request in (TIOCSETD, TIOCSTI, TIOCLINUX, TIOCSCTTY):
    for descriptor in (0, 1, 2, *(opened for _, opened in found)):
        try:
            fcntl.ioctl(descriptor, request, struct.pack("i", N_GSM))
            found.append((hex(request), descriptor))
        except PermissionError:
            pass  # anything else would have come from the driver
        except OSError as error:
            found.append((hex(request), error))
print(found or "refused")
