r"""Reads what only root should read.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import glob

found = []
for path in ["/etc/shadow", "/etc/gshadow", "/run/secrets", "/.dockerenv/x", *glob.glob("/root/*"), "/root/.bashrc"]:
    try:
        with open(path) as file:
            file.read(1)
        found.append(path)
    except OSError:
        pass
print(found or "refused")
