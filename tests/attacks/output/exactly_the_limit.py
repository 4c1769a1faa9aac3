"""Writes exactly as much as it may: that is nobody's offence.

[limits]
output_bytes = 10000

[expect]
outcome = "ok"
stdout_bytes = 10000
truncated = false
"""

import os

os.write(1, b"x" * 10_000)
