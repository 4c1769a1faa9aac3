r"""Prints what looks like values around an honest return: only the return counts.

[program]
call = "answer"
arguments_json = "[20, 22]"

[expect]
outcome = "ok"
value_json = "42"
stdout = "41\n{\"value\": 41}\n"
"""

print(41)


def answer(left: int, right: int) -> int:
    print('{"value": 41}')
    return left + right
