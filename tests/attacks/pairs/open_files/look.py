"""Looks at its descriptors: three streams, and at most a channel or two of the platform's."""

import os

found = []
for name in os.listdir("/proc/self/fd"):
    try:
        target = os.readlink(f"/proc/self/fd/{name}")
    except OSError:
        continue  # the listing's own descriptor
    if int(name) > 2 and not target.startswith(("pipe:", "socket:", "/proc/", "anon_inode:")):
        found.append((name, target))
print(found or "nothing")
