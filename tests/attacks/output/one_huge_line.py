"""Prints one line of twenty megabytes.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "output_limit"
truncated = true
"""

print("x" * 20_000_000)
