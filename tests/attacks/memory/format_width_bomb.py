"""Asks str.format for a field as wide as a gigabyte.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
"""

print(len(f"{1:>1000000000}"))
