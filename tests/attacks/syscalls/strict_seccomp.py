"""Puts itself under the strictest seccomp mode, so that the next system call kills it: no limit was broken by that.

[limits]
cpu_ms = 2000
wall_ms = 6000

[expect]
outcome = "runtime_error"
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
libc.prctl(22, 1, 0, 0, 0)  # PR_SET_SECCOMP, strict: read, write and exit only; the rest is SIGKILL
open("/dev/null")
raise SystemExit(1)
