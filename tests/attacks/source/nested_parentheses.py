"""Nests ten thousand parentheses.

[program]
append = [{ text = "(", times = 10000 }, { text = ")", times = 10000 }]

[expect]
outcome = "compile_error"
"""

print("hello")
