r"""Traces itself, the leader, PID 1 and a child.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import ctypes
import errno
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
REFUSALS = (errno.EPERM, errno.ENOSYS, errno.EACCES)
reached = []


def attempt(name: str, result: int) -> None:
    """Notes a call that succeeded or that the kernel at least began to look at."""
    if result != -1 or ctypes.get_errno() not in REFUSALS:
        reached.append((name, result, errno.errorcode.get(ctypes.get_errno())))


libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long
PTRACE_ATTACH, PTRACE_SEIZE = 16, 0x4206
child = os.fork()
if child == 0:
    time.sleep(5)
    os._exit(0)
for target in (1, os.getppid(), child):
    attempt(f"attach {target}", libc.ptrace(PTRACE_ATTACH, target, None, None))
    attempt(f"seize {target}", libc.ptrace(PTRACE_SEIZE, target, None, None))
attempt("trace me", libc.ptrace(0, 0, None, None))
os.kill(child, 9)
print(reached or "refused")
