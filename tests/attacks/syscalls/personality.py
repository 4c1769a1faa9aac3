r"""Turns off address randomisation and makes its data executable (personality).

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


for name, persona in (("no randomisation", 0x0040000), ("read implies exec", 0x0400000), ("map page zero", 0x0100000)):
    attempt(name, libc.personality(persona))
print(reached or "refused")
