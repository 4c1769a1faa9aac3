"""Unpacks a kilobyte that becomes gigabytes.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "memory_limit"
"""

import zlib

packer = zlib.compressobj(9)
zeros = bytes(1 << 20)
packed = b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()
layers = [zlib.decompress(packed) for _ in range(64)]
print(len(layers))
