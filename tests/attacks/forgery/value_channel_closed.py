"""Closes every channel and then returns: nothing arrives, and nobody but the program is to blame.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
no_value = true
"""

import os


def answer() -> int:
    os.closerange(3, 4096)
    return 42
