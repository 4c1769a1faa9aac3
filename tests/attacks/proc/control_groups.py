r"""Writes to the control groups: raises its limits, moves out, plants a release agent (CVE-2022-0492).

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for folder, folders, names in os.walk("/sys/fs/cgroup"):
    for name in names:
        try:
            os.close(os.open(f"{folder}/{name}", os.O_WRONLY))
            found.append(f"{folder}/{name}")
        except OSError:
            pass
    try:
        os.mkdir(f"{folder}/mine")
        found.append(folder)
    except OSError:
        pass
print(found or "refused")
