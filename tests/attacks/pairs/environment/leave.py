"""Changes the environment, for Python and for the C library, towards loading its own code.

[expect]
container = "same"
"""

import ctypes
import os
import sys

for name in ("PYTHONSTARTUP", "PYTHONPATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "PATH", "HOME", "TZ", "LANG", "LEFT"):
    os.environ[name] = "/tmp/left-behind"
    ctypes.CDLL(None).setenv(name.encode(), b"/tmp/left-behind", 1)
sys.argv[:] = ["left-behind"]
