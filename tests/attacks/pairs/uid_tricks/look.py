"""Looks for files and processes of students' uids, and whether its own uid is used by anyone but itself."""

import os

mine = (os.getcwd(), os.path.join(os.getcwd(), "main.py"))
found = []
for name in os.listdir("/proc"):
    if name.isdigit() and int(name) not in (1, os.getppid(), os.getpid()):
        found.append(name)
for folder, folders, names in os.walk("/"):
    if folder in ("/proc", "/sys", "/usr"):
        folders[:] = []
        continue
    for name in (*names, *folders):
        path = f"{folder}/{name}"
        try:
            owner = os.lstat(path).st_uid
        except OSError:
            continue
        if owner >= 1000 and owner != 65534 and path not in mine:
            found.append((path, owner))
print(found or "nothing")
