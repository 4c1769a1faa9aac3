"""Ends with exit code -1, of which the kernel keeps eight bits: 255.

[expect]
outcome = "runtime_error"
exit_code = 255
"""

import sys

sys.exit(-1)
