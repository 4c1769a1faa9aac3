"""Asks for a gigabyte in one piece.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
"""

text = "a" * 10**9
print(len(text))
