"""Returns lists nested a hundred thousand deep, which breaks whoever reads them by recursion.

[limits]
cpu_ms = 5000
wall_ms = 15000

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
no_value = true
"""


def answer() -> list:
    nest: list = []
    for _ in range(100_000):
        nest = [nest]
    return nest
