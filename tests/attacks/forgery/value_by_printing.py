"""Prints a value instead of returning one, and ends before the function is called.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
no_value = true
"""

import os

os.write(1, b'{"value": 42}\n42\n')
os._exit(0)


def answer() -> int:
    return 42
