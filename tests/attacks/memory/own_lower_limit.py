"""Takes more than its problem allows (48 MB), though less than the container has.

[limits]
memory_kib = 49152
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
"""

print(len(bytearray(b"x") * 90_000_000))
