"""Ends with exit code 256, of which the kernel keeps eight bits: 0.

[expect]
outcome = "ok"
exit_code = 0
"""

import sys

sys.exit(256)
