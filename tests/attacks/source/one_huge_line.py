r"""Has one line of 90 kB.

[program]
append = [{ text = "x = 1; ", times = 13000 }, { text = "print(x)", times = 1 }]

[expect]
outcome = "ok"
stdout = "1\n"
"""
