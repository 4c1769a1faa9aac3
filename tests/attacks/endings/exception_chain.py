"""Dies of an exception with a hundred thousand causes, each of which wants to be printed.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = ["runtime_error", "output_limit"]
"""

error = None
for number in range(100_000):
    following = ValueError(number)
    following.__cause__ = error
    error = following
raise error
