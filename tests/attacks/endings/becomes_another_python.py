r"""Replaces itself by a fresh interpreter, free of whatever the platform had put into the old one.

[expect]
outcome = "runtime_error"
exit_code = 4
stdout = "fresh\n"
"""

import os
import sys

os.execv(sys.executable, [sys.executable, "-I", "-c", "print('fresh'); raise SystemExit(4)"])
