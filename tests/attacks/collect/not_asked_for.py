"""Writes a file that nobody asked for beside the one that was asked for.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = { "answer.txt" = "42" }
"""

for name in ("answer.txt", "more.txt", ".hidden"):
    with open(name, "w") as file:
        file.write("42")
