r"""Makes hard links to files that are not its own.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

made = []
for path in ("/etc/shadow", "/etc/passwd", "/bin/su", "/proc/1/environ", "/dev/null"):
    try:
        os.link(path, "mine")
        made.append(path)
    except OSError:
        pass
print(made or "refused")
