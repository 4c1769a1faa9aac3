"""Lets a child append to the asked-for file for ever.

[limits]
written_bytes = 10000

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
max_files_bytes = 10000
max_wall_ms = 4000
"""

import os

answer = open("answer.txt", "ab", buffering=0)
answer.write(b"x")
if os.fork() == 0:
    while True:
        try:
            answer.write(b"x" * 100)
        except OSError:
            pass
