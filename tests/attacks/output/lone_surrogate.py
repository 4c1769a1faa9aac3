r"""Prints half of a character that needs two: Python cannot encode it.

[expect]
outcome = "runtime_error"
stdout = "before\n"
stderr_contains = ["UnicodeEncodeError"]
"""

print("before")
print("\ud800")
