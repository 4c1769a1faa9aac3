r"""Takes an open file out of another process (pidfd_getfd) and compares kernel objects (kcmp).

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


for target in (1, os.getppid(), os.getpid()):
    try:
        handle = os.pidfd_open(target)
    except OSError:
        continue
    for descriptor in range(3):
        attempt(f"pidfd_getfd {target}", libc.syscall(438, handle, descriptor, 0))
    if target != os.getpid():
        attempt(f"pidfd_send_signal {target}", libc.syscall(424, handle, 9, None, 0))
attempt("kcmp", libc.syscall(312, os.getpid(), os.getppid(), 0, 0, 0))
print(reached or "refused")
