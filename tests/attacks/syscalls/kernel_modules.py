r"""Loads a kernel module and boots another kernel.

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


image = ctypes.create_string_buffer(4096)
attempt("init_module", libc.syscall(175, image, 4096, b""))
attempt("finit_module", libc.syscall(313, 0, b"", 0))
attempt("delete_module", libc.syscall(176, b"overlay", 0o4000))
attempt("kexec_load", libc.syscall(246, 0, 0, None, 0))
attempt("kexec_file_load", libc.syscall(320, 0, 0, 0, None, 0))
attempt("reboot", libc.syscall(169, 0xFEE1DEAD, 672274793, 0, None))
print(reached or "refused")
