"""Returns a list that contains itself, and nests.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
no_value = true
"""


def answer() -> list:
    snake: list = []
    snake.append(snake)
    return snake
