"""Compiles text that is not Python while it runs.

[expect]
outcome = "runtime_error"
exit_code = 1
stderr_contains = ["SyntaxError"]
"""

exec("(")
