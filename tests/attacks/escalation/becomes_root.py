r"""Asks for the uid and gid of root in every way there is, the saved ids included.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

ways = [
    ("setuid", lambda: os.setuid(0)),
    ("seteuid", lambda: os.seteuid(0)),
    ("setreuid", lambda: os.setreuid(0, 0)),
    ("setresuid", lambda: os.setresuid(-1, 0, -1)),
    ("saved uid", lambda: os.setresuid(-1, -1, 0)),
    ("setgid", lambda: os.setgid(0)),
    ("setresgid", lambda: os.setresgid(-1, 0, -1)),
    ("setgroups", lambda: os.setgroups([0])),
    ("initgroups", lambda: os.initgroups("root", 0)),
]
found = []
for name, way in ways:
    try:
        way()
        found.append(name)
    except OSError:
        pass
if 0 in (*os.getresuid(), *os.getresgid(), *os.getgroups()):
    found.append("already root")
print(found or "refused")
