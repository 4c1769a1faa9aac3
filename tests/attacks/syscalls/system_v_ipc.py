r"""Makes shared memory, semaphores and message queues of System V, which outlive processes.

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


attempt("shmget", libc.shmget(0x5EED, 4096, 0o1666))
attempt("semget", libc.semget(0x5EED, 1, 0o1666))
attempt("msgget", libc.msgget(0x5EED, 0o1666))
print(reached or "refused")
