"""Looks for the files in every directory of the container."""

import os

found = []
for folder, folders, names in os.walk("/"):
    if folder in ("/proc", "/sys"):
        folders[:] = []
        continue
    found += [f"{folder}/{name}" for name in (*names, *folders) if name.startswith(("left", ".left"))]
print(found or "nothing")
