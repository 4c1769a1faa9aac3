r"""Puts a key into the kernel's keyrings, which outlive processes and know no container.

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


attempt("add_key", libc.syscall(248, b"user", b"left", b"behind", 6, -4))
attempt("request_key", libc.syscall(249, b"user", b"left", None, -4))
attempt("keyctl", libc.syscall(250, 0, -4, 1))
attempt("keyctl join", libc.syscall(250, 1, None))
print(reached or "refused")
