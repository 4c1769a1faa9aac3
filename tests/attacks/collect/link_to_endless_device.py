"""Hands back /dev/zero by a link, for the collector to read for ever.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = {}
max_wall_ms = 3000
"""

import os

os.symlink("/dev/zero", "answer.txt")
