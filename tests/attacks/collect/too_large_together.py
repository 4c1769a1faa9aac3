"""Hands back two files that are small each and too large together: what fits comes back, the rest does not.

[limits]
written_bytes = 1000

[program]
collect = ["first.txt", "second.txt"]

[expect]
outcome = "ok"
max_files_bytes = 1000
"""

for name in ("first.txt", "second.txt"):
    with open(name, "w") as file:
        file.write("x" * 900)
