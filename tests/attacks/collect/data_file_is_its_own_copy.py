r"""Overwrites the data file that it was given: the next start gets the original.

[program]
files = { "data.txt" = "original" }

[expect]
outcome = "ok"
stdout = "original\n"
"""

with open("data.txt") as file:
    print(file.read())
try:
    with open("data.txt", "w") as file:
        file.write("forged")
except OSError:
    pass
