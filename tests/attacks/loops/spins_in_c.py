r"""Spins for ever inside one C call, where no Python signal handler gets a turn.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
stdout = "before\n"
"""

from itertools import repeat

print("before")
sum(repeat(1))
