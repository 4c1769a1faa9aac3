"""Walks up the stack and returns from the functions that called it, changing what they know.

[expect]
outcome = "runtime_error"
exit_code = 5
"""

import ctypes
import sys

frame = sys._getframe()
while frame is not None:
    for name in list(frame.f_locals):
        if name in ("exit_code", "status", "code", "outcome", "result", "returncode", "rc"):
            frame.f_locals[name] = 0
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    frame = frame.f_back
sys.exit(5)
