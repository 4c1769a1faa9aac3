r"""Replaces itself by another program that floods stdout.

[limits]
cpu_ms = 5000
wall_ms = 15000
output_bytes = 65536

[expect]
outcome = "output_limit"
stdout_contains = ["y\ny\n"]
truncated = true
"""

import os

os.execv("/usr/bin/yes", ["yes"])
