"""Hands back a file of a terabyte without a single block, where the file system lets it.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = {}
"""

import os

with open("answer.txt", "wb") as file:
    for exponent in (40, 34, 30, 23):
        try:
            os.ftruncate(file.fileno(), 1 << exponent)
            break
        except OSError:
            continue
