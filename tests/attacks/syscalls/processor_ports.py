r"""Reaches for the processor's ports and segments: iopl, ioperm, modify_ldt.

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


attempt("iopl", libc.syscall(172, 3))
attempt("ioperm", libc.syscall(173, 0, 16, 1))
attempt("modify_ldt", libc.syscall(154, 1, ctypes.create_string_buffer(16), 16))
print(reached or "refused")
