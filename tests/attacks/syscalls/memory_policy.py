r"""Moves pages and memory policies, of itself and of the leader.

[machine]
only = "x86_64"

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
REFUSALS = (errno.EPERM, errno.ENOSYS, errno.EACCES)
reached = []


def attempt(name: str, result: int) -> None:
    """Notes a call that succeeded or that the kernel at least began to look at."""
    if result != -1 or ctypes.get_errno() not in REFUSALS:
        reached.append((name, result, errno.errorcode.get(ctypes.get_errno())))


attempt("mbind", libc.syscall(237, None, 0, 0, None, 0, 0))
attempt("set_mempolicy", libc.syscall(238, 0, None, 0))
attempt("move_pages", libc.syscall(279, os.getppid(), 0, None, None, None, 0))
attempt("migrate_pages", libc.syscall(256, os.getppid(), 0, None, None))
print(reached or "refused")
