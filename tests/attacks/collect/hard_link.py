"""Hands back a file under two names at once: a regular file stays a regular file, or is refused, but nothing else.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
never = ["root:"]
max_files_bytes = 2
"""

import os

for path in ("/etc/passwd", "/etc/shadow"):
    try:
        os.link(path, "answer.txt")
    except OSError:
        pass
if not os.path.exists("answer.txt"):
    with open("real.txt", "w") as file:
        file.write("42")
    os.link("real.txt", "answer.txt")
