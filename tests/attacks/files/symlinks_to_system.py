r"""Leaves symbolic links to /, /proc, /etc and to each other where a cleaner walks, to have it follow them.

[expect]
outcome = "ok"
stdout = "left\n"
"""

import os

for number, target in enumerate(["/", "/proc", "/etc", "/tmp", "..", ".", "/proc/1/root", "/proc/self/fd/0"]):
    os.symlink(target, f"link-{number}")
os.symlink("loop-b", "loop-a")
os.symlink("loop-a", "loop-b")
print("left")
