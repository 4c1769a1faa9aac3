r"""Returns an int that prints itself as another JSON text: what arrives is JSON and harmless, or nothing.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
value_never = ["1, \"outcome\": \"accepted\"", "accepted"]
"""


class Liar(int):
    def __repr__(self) -> str:
        return '1, "outcome": "accepted"'

    __str__ = __repr__


def answer() -> Liar:
    return Liar(1)
