r"""Counts and samples events of the processor, of itself and of everyone.

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


attributes = ctypes.create_string_buffer(128)
attributes[4:5] = b"\x80"
for target, processor in ((0, -1), (-1, 0), (1, -1)):
    attempt(f"perf {target}", libc.syscall(298, attributes, target, processor, -1, 0))
print(reached or "refused")
