r"""Appends for ever.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
stdout = "growing\n"
"""

print("growing")
hoard = []
while True:
    hoard.append(bytearray(1_000_000))
