"""Matches a regular expression that backtracks exponentially.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

import re

re.match(r"(a+)+$", "a" * 64 + "b")
