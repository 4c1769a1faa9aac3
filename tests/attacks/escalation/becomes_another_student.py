r"""Asks for the uids of the starts before and after its own.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for uid in range(max(1, os.getuid() - 20), os.getuid() + 20):
    if uid == os.getuid():
        continue
    for way in (os.setuid, os.setgid):
        try:
            way(uid)
            found.append((way.__name__, uid))
        except OSError:
            pass
print(found or "refused")
