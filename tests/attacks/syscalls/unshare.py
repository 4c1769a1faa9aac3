r"""Makes namespaces of its own, one kind after another: the way to root inside and to most kernel bugs.

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


NAMESPACES = {
    "time": 0x80,
    "mount": 0x20000,
    "cgroup": 0x2000000,
    "uts": 0x4000000,
    "ipc": 0x8000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
}
for name, flag in NAMESPACES.items():
    attempt(name, libc.unshare(flag))
attempt("user and mount", libc.unshare(0x10000000 | 0x20000))
print(reached or "refused")
