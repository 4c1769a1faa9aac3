r"""Makes a process that is the leader's child, not its own, which stays for ever, and ends well.

[machine]
only = "x86_64"

[limits]
wall_ms = 20000

[expect]
outcome = "ok"
stdout = "done\n"
max_wall_ms = 6000
"""

import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
CLONE_PARENT = 0x8000
if libc.syscall(56, CLONE_PARENT, 0, 0, 0, 0) == 0:  # without SIGCHLD: an ordinary wait does not see it
    while True:
        time.sleep(100)
os.write(1, b"done\n")
os._exit(0)
