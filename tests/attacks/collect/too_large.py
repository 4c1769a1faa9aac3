"""Hands back more bytes than it may.

[limits]
written_bytes = 1000

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = {}
"""

with open("answer.txt", "w") as file:
    file.write("x" * 1001)
