"""Spins for ever in Python.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
"""

while True:
    pass
