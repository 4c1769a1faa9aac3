"""Looks for locks, in the kernel's table and by taking them."""

import fcntl
import os

found = []
for descriptor in (*range(3), os.open("/usr/bin/python3", os.O_RDONLY), os.open("/etc/passwd", os.O_RDONLY)):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    except OSError as error:
        found.append((descriptor, str(error)))
print(found or "nothing")
