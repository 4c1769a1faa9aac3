"""Hands back three files where two are allowed.

[limits]
written_files = 2

[program]
collect = ["a.txt", "b.txt", "c.txt"]

[expect]
outcome = "ok"
files = { "a.txt" = "a", "b.txt" = "b" }
"""

for name in "abc":
    with open(f"{name}.txt", "w") as file:
        file.write(name)
