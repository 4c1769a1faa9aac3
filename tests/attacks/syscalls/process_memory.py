r"""Reads and writes memory of other processes, and of itself, by process_vm_readv and process_vm_writev.

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


class Area(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


mine = ctypes.create_string_buffer(16)
here = Area(ctypes.addressof(mine), 16)
for target in (1, os.getppid(), os.getpid()):
    for name in ("process_vm_readv", "process_vm_writev"):
        call = getattr(libc, name)
        attempt(f"{name} {target}", call(target, ctypes.byref(here), 1, ctypes.byref(here), 1, 0))
attempt("process_madvise", libc.syscall(440, 0, ctypes.byref(here), 1, 4, 0))
print(reached or "refused")
