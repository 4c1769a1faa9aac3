"""Aborts.

[expect]
outcome = "runtime_error"
exit_code = -6
"""

import os

os.abort()
