r"""Writes its own maps of users and groups, by which a namespace makes a root.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for target in ("self", "1", str(os.getppid())):
    for name, text in (("uid_map", "0 0 1"), ("gid_map", "0 0 1"), ("setgroups", "allow"), ("projid_map", "0 0 1")):
        try:
            with open(f"/proc/{target}/{name}", "w") as file:
                file.write(text)
            found.append((target, name))
        except OSError:
            pass
print(found or "refused")
