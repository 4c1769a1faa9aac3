"""Computes an integer of 370 million digits.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

print(9**9**9 % 10)
