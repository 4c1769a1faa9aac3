"""Returns a value of fifty megabytes of JSON: it is refused without a hang.

[limits]
cpu_ms = 8000
wall_ms = 20000

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["output_limit", "runtime_error", "memory_limit"]
no_value = true
"""


def answer() -> str:
    return "x" * 50_000_000
