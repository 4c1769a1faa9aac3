"""Writes one byte more than the limit and ends well.

[limits]
output_bytes = 10000

[expect]
outcome = "output_limit"
stdout_bytes = 10000
truncated = true
"""

import os

os.write(1, b"x" * 10_001)
