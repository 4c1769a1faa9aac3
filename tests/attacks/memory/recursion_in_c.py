"""Recurses through C calls with Python's limit lifted, until the stack is gone.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "runtime_error"
"""

import sys

sys.setrecursionlimit(2**31 - 1)


class Nested:
    def __repr__(self) -> str:
        return str([self])


repr(Nested())
