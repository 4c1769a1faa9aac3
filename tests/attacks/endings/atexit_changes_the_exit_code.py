"""Fails, and then ends the process with success from an atexit function: Python allows it, so it is the program's end.

[expect]
outcome = ["ok", "runtime_error"]
stderr_contains = ["ValueError"]
"""

import atexit
import os
import sys


@atexit.register
def _pretend() -> None:
    sys.stderr.flush()
    os._exit(0)


raise ValueError("it went wrong")
