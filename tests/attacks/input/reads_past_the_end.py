"""Asks for input that nobody gave.

[expect]
outcome = "runtime_error"
exit_code = 1
stdout = "name? "
stderr_contains = ["EOFError"]
"""

input("name? ")
