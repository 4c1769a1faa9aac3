r"""Contains half of a surrogate pair, which no encoding can carry.

[program]
append_escaped = 'text = "\ud800"'

[expect]
outcome = "compile_error"
never = ["hello"]
"""

print("hello")
