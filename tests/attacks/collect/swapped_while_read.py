"""Lets a child swap the asked-for file with a link to /etc/passwd for ever, to win against the collector's checks.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
never = ["root:"]
max_files_bytes = 2
max_wall_ms = 4000
"""

import os

with open("real.txt", "w") as file:
    file.write("42")
if os.fork() == 0:
    while True:
        try:
            os.link("real.txt", "swap")
            os.rename("swap", "answer.txt")
            os.symlink("/etc/passwd", "swap")
            os.rename("swap", "answer.txt")
        except OSError:
            continue
