"""Recurses without an end after it has lifted Python's limit: frames live on the heap and fill it.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "memory_limit"
"""

import sys

sys.setrecursionlimit(2**31 - 1)


def deeper(level: int) -> int:
    return deeper(level + 1)


deeper(0)
