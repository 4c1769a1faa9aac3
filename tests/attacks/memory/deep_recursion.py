"""Recurses without an end: Python's own limit stops it.

[expect]
outcome = "runtime_error"
exit_code = 1
stderr_contains = ["RecursionError"]
"""


def deeper(level: int) -> int:
    return deeper(level + 1)


deeper(0)
