r"""Sets the machine's clock.

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


class Time(ctypes.Structure):
    _fields_ = [("seconds", ctypes.c_long), ("parts", ctypes.c_long)]


attempt("settimeofday", libc.settimeofday(ctypes.byref(Time(1, 0)), None))
attempt("clock_settime", libc.clock_settime(0, ctypes.byref(Time(1, 0))))
change = ctypes.create_string_buffer(256)
change[0:1] = b"\x01"
attempt("adjtimex", libc.adjtimex(change))
print(reached or "refused")
