"""Makes a process that is the leader's child, not its own (CLONE_PARENT), which ends well, and fails itself.

[machine]
only = "x86_64"

[expect]
outcome = "runtime_error"
exit_code = 7
"""

import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
CLONE_PARENT, SIGCHLD = 0x8000, 17
if libc.syscall(56, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0:
    os._exit(0)
time.sleep(0.3)
os._exit(7)
