r"""Takes a good part of what it is allowed and gives it back: nobody's limit is broken.

[limits]
memory_kib = 131072

[expect]
outcome = "ok"
stdout = "60000000\n"
"""

print(len(bytearray(b"x") * 60_000_000))
