"""Hands back a directory.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = {}
"""

import os

os.mkdir("answer.txt")
