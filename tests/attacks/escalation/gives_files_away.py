r"""Gives its files to root and to a later student, set-uid and all.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

with open("gift", "w") as file:
    file.write("x")
os.chmod("gift", 0o6777)
found = []
for owner in (0, 1, os.getuid() + 1):
    for uid, gid in ((owner, -1), (-1, owner)):
        try:
            os.chown("gift", uid, gid)
            found.append((uid, gid))
        except OSError:
            pass
print(found or "refused")
