r"""Is indented like no Python.

[program]
append = [{ text = "if True:\nprint(1)\n", times = 1 }]

[expect]
outcome = "compile_error"
stderr_contains = ["IndentationError"]
"""

print("hello")
