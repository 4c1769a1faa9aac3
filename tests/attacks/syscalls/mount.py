r"""Mounts, remounts, unmounts and moves the root, by the old calls and by the new ones.

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


attempt("mount tmpfs", libc.mount(b"none", b"/tmp", b"tmpfs", 0, None))
attempt("remount root", libc.mount(None, b"/", None, 32, None))
attempt("bind", libc.mount(b"/", b"/tmp", None, 4096, None))
attempt("proc", libc.mount(b"proc", b"/tmp", b"proc", 0, None))
attempt("umount", libc.umount2(b"/proc", 2))
attempt("pivot_root", libc.pivot_root(b"/tmp", b"/tmp"))
attempt("chroot", libc.chroot(b"/tmp"))
attempt("open_tree", libc.syscall(428, -100, b"/", 1))
attempt("move_mount", libc.syscall(429, -100, b"/proc", -100, b"/tmp", 0))
attempt("fsopen", libc.syscall(430, b"tmpfs", 0))
attempt("fspick", libc.syscall(433, -100, b"/", 0))
attempt("mount_setattr", libc.syscall(442, -100, b"/", 0, ctypes.create_string_buffer(32), 32))
print(reached or "refused")
