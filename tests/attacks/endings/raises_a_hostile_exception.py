"""Dies of an exception whose text cannot be had: it fails, loops and lies when asked for it.

[expect]
outcome = "runtime_error"
exit_code = 1
"""


class Hostile(Exception):
    def __str__(self) -> str:
        raise Hostile

    __repr__ = __str__


raise Hostile
