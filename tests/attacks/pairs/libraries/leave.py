"""Loads a dozen libraries and modules written in C.

[expect]
container = "same"
"""

import ctypes
import ctypes.util

for name in ("sqlite3", "curses", "readline", "decimal", "lzma", "bz2", "xml.parsers.expat", "asyncio", "ssl"):
    try:
        __import__(name)
    except ImportError:
        pass
for library in ("libncursesw.so.6", "libssl.so.3", "libsqlite3.so.0"):
    try:
        ctypes.CDLL(library, ctypes.RTLD_GLOBAL)
    except OSError:
        pass
