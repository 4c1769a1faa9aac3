r"""Changes what processes share of an open file: non-blocking, append, asynchronous, its owner, its lease.

[program]
stdin = "input of the first\n"

[expect]
container = "same"
"""

import fcntl
import os

for descriptor in range(64):
    for way in (
        lambda: fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND | os.O_ASYNC),
        lambda: fcntl.fcntl(descriptor, fcntl.F_SETOWN, 1),
        lambda: fcntl.fcntl(descriptor, 10, 9),  # F_SETSIG
        lambda: fcntl.fcntl(descriptor, 1024, fcntl.F_WRLCK),  # F_SETLEASE
        lambda: fcntl.fcntl(descriptor, 1031, 4096),  # F_SETPIPE_SZ
    ):
        try:
            way()
        except OSError:
            pass
