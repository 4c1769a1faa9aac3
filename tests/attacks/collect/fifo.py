"""Hands back a FIFO, for the collector to wait at.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
files = {}
max_wall_ms = 3000
"""

import os

os.mkfifo("answer.txt")
