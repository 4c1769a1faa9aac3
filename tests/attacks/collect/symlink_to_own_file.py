"""Hands back a symbolic link to a file of its own: refused all the same, only regular files count.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = {}
"""

import os

with open("real.txt", "w") as file:
    file.write("42")
os.symlink("real.txt", "answer.txt")
