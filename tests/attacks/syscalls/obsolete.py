r"""Calls what no program needs any more and no filter should let through.

[machine]
only = "x86_64"

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
REFUSALS = (errno.EPERM, errno.ENOSYS, errno.EACCES)
reached = []


def attempt(name: str, result: int) -> None:
    """Notes a call that succeeded or that the kernel at least began to look at."""
    if result != -1 or ctypes.get_errno() not in REFUSALS:
        reached.append((name, result, errno.errorcode.get(ctypes.get_errno())))


attempt("uselib", libc.syscall(134, b"/lib/x"))
attempt("ustat", libc.syscall(136, 0, ctypes.create_string_buffer(64)))
attempt("sysfs", libc.syscall(139, 3))
attempt("lookup_dcookie", libc.syscall(212, 0, None, 0))
attempt("nfsservctl", libc.syscall(180, 0, None, None))
print(reached or "refused")
