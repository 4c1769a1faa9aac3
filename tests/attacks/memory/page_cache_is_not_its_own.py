r"""Reads a hundred megabytes of the image's files: what the kernel keeps of them is not the program's memory.

[limits]
memory_kib = 49152
cpu_ms = 8000
wall_ms = 30000

[expect]
outcome = "ok"
stdout = "read\n"
"""

import os

left = 100_000_000
for folder, _, names in os.walk("/usr"):
    for name in names:
        if left <= 0:
            break
        try:
            with open(f"{folder}/{name}", "rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # to be the one who brings it in
                while left > 0 and (piece := file.read(1 << 20)):
                    left -= len(piece)
        except OSError:
            continue
print("read")
