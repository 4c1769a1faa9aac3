r"""Reads everything that /proc tells of the container's first process.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for name in ("environ", "mem", "maps", "smaps", "auxv", "stack", "syscall", "io", "personality", "pagemap", "timers"):
    try:
        with open(f"/proc/1/{name}", "rb") as file:
            if file.read(1):
                found.append(name)
    except OSError:
        pass
for name in ("fd", "fdinfo", "map_files", "ns"):
    try:
        if [os.readlink(f"/proc/1/{name}/{entry}") for entry in os.listdir(f"/proc/1/{name}")]:
            found.append(name)
    except OSError:
        pass
for name in ("root", "cwd", "exe"):
    try:
        os.stat(f"/proc/1/{name}/.")
        found.append(name)
    except NotADirectoryError:
        found.append(name)
    except OSError:
        pass
print(found or "refused")
