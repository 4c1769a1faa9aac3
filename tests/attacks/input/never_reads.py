r"""Is given a megabyte and never reads a byte of it.

[program]
stdin = "never read\n"
stdin_repeat = 100000

[expect]
outcome = "ok"
stdout = "not interested\n"
"""

print("not interested")
