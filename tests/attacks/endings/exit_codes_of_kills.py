"""Ends with the exit code that shells use for SIGKILL, hoping to be taken for an out-of-memory kill.

[expect]
outcome = "runtime_error"
exit_code = 137
"""

import os

os._exit(137)
