r"""Chains thirty thousand attributes, deep enough for the compiler to recurse out of its stack.

[program]
append = [{ text = "x = 1\nx", times = 1 }, { text = ".y", times = 30000 }]

[expect]
outcome = "compile_error"
never = ["hello"]
"""

print("hello")
