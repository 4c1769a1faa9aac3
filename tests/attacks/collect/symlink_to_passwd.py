"""Hands back a symbolic link to /etc/passwd instead of its answer.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = {}
never = ["root:"]
"""

import os

os.symlink("/etc/passwd", "answer.txt")
