"""Never returns from the function.

[limits]
cpu_ms = 300
wall_ms = 900

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = "time_limit"
no_value = true
"""


def answer() -> int:
    while True:
        pass
