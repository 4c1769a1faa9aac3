"""Returns NaN and infinity, which are Python's but not JSON's.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
value_never = ["NaN", "Infinity"]
"""


def answer() -> list:
    return [float("nan"), float("inf")]
