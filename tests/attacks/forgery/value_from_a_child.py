"""Forks inside the function, so that two processes return: one value, once.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
value_never = ["4242", "[42, 42]"]
max_wall_ms = 5000
"""

import os


def answer() -> int:
    os.fork()
    return 42
