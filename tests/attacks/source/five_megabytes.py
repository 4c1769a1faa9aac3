r"""Is five megabytes long, mostly a comment: run or refused, never an internal error.

[program]
append = [{ text = "# 0123456789012345678901234567890123456789\n", times = 116280 }]

[expect]
outcome = ["ok", "compile_error"]
"""

print("hello")
