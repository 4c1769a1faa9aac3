r"""Is not Python.

[program]
append = [{ text = "print('hello'\n", times = 1 }]

[expect]
outcome = "compile_error"
stderr_contains = ["SyntaxError"]
never = ["hello\n"]
"""

print("hello")
