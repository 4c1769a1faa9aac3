"""Returns an honest value while a child that sleeps for ever holds every channel open.

[limits]
wall_ms = 20000

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = "ok"
value_json = "42"
max_wall_ms = 5000
"""

import os
import time


def answer() -> int:
    if os.fork() == 0:
        time.sleep(10_000)
        os._exit(0)
    return 42
