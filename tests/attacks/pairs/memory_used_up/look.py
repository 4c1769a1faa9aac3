"""Takes eighty megabytes, which its limit allows."""

print("nothing" if len(bytearray(b"x") * 80_000_000) == 80_000_000 else "less")
