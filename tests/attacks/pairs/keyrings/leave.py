"""Leaves keys in the kernel's keyrings: the user's, the session's, a named one.

[machine]
only = "x86_64"

[expect]
container = "same"
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for ring in range(-1, -6, -1):
    libc.syscall(248, b"user", b"left-behind", b"left behind", 11, ring)
libc.syscall(250, 1, b"left-behind")
libc.syscall(250, 5, -3, 0x3F3F3F3F)
