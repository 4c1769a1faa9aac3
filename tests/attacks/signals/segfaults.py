"""Reads address zero.

[expect]
outcome = "runtime_error"
exit_code = -11
"""

import ctypes

ctypes.string_at(0)
