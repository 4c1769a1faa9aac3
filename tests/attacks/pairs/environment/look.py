"""Looks at the environment, of Python and of the C library."""

import ctypes
import os
import sys

libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
found = [name for name, value in os.environ.items() if "left-behind" in value]
for name in (b"PYTHONSTARTUP", b"PYTHONPATH", b"LD_PRELOAD", b"LD_LIBRARY_PATH", b"PATH", b"HOME", b"LEFT"):
    if b"left-behind" in (libc.getenv(name) or b""):
        found.append(name)
try:
    with open("/proc/self/environ", "rb") as file:
        if b"left-behind" in file.read():
            found.append("/proc/self/environ")
except OSError:
    pass  # an undumpable process does not own its own
if "left-behind" in sys.argv:
    found.append("arguments")
print(found or "nothing")
