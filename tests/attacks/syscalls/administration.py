r"""Tries what only an administrator does: swap, quotas, accounting, the kernel log, ports, process accounting.

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


attempt("swapon", libc.swapon(b"/tmp/swap", 0))
attempt("swapoff", libc.swapoff(b"/tmp/swap"))
attempt("acct", libc.acct(b"/tmp/accounting"))
attempt("quotactl", libc.quotactl(0x80000100, b"/dev/vda", 0, None))
attempt("syslog", libc.klogctl(3, ctypes.create_string_buffer(64), 64))
attempt("vhangup", libc.vhangup())
attempt("fanotify_init", libc.fanotify_init(0, 0))
print(reached or "refused")
