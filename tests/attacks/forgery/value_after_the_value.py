"""Sends a second value after the first, from an atexit function.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
value_never = ["41"]
"""

import atexit
import os


@atexit.register
def _again() -> None:
    for descriptor in range(3, 256):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, b"41")
        except OSError:
            continue


def answer() -> int:
    return 42
