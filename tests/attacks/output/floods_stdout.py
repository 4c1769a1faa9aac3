r"""Prints for ever.

[limits]
cpu_ms = 5000
wall_ms = 15000
output_bytes = 65536

[expect]
outcome = "output_limit"
stdout_contains = ["line 0\nline 1\nline 2\n"]
truncated = true
"""

number = 0
while True:
    print("line", number)
    number += 1
