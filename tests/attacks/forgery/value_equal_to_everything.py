"""Returns an object that claims to equal whatever it is compared with: no JSON, no value.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
no_value = true
"""


class Yes:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


def answer() -> Yes:
    return Yes()
