"""Touches every page of a gigabyte of shared anonymous memory, which the kernel books as a file.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
"""

import mmap

size = 1 << 30
area = mmap.mmap(-1, size, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
for page in range(0, size, mmap.PAGESIZE):
    area[page] = 1
