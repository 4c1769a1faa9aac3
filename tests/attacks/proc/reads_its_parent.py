r"""Reads everything that /proc tells of the leader, which has read the request.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

parent = os.getppid()
found = []
for task in (f"/proc/{parent}", f"/proc/{parent}/task/{parent}"):
    for name in ("environ", "mem", "maps", "smaps", "auxv", "stack", "syscall", "io", "personality", "pagemap"):
        try:
            with open(f"{task}/{name}", "rb") as file:
                if file.read(1):
                    found.append(name)
        except OSError:
            pass
    for name in ("fd", "fdinfo", "map_files", "ns"):
        try:
            if [os.readlink(f"{task}/{name}/{entry}") for entry in os.listdir(f"{task}/{name}")]:
                found.append(name)
        except OSError:
            pass
print(found or "refused")
