"""Raises a SyntaxError while it runs: the platform could read the program, so this is no compile error.

[expect]
outcome = "runtime_error"
exit_code = 1
stderr_contains = ["SyntaxError"]
"""

raise SyntaxError("invented")
