"""Negates a number ninety thousand times, which drives the compiler itself into the ground.

[program]
append = [{ text = "-", times = 90000 }, { text = "1", times = 1 }]

[expect]
outcome = "compile_error"
never = ["hello"]
"""

print("hello")
