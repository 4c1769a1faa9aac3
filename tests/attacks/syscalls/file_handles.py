r"""Opens host files by their handle, as the first Docker escape did (open_by_handle_at).

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


handle = ctypes.create_string_buffer(b"\x08\0\0\0\x01\0\0\0\x02" + b"\0" * 128)
mount_id = ctypes.c_int()
root = os.open("/", os.O_RDONLY)
for flags in (os.O_RDONLY, os.O_PATH):
    attempt("open_by_handle_at", libc.open_by_handle_at(root, handle, flags))
attempt("name_to_handle_at", libc.name_to_handle_at(root, b"/etc", handle, ctypes.byref(mount_id), 0))
print(reached or "refused")
