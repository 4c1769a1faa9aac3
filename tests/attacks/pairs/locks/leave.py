"""Locks every descriptor that it was given and every file that it can open, and leaves a child holding them.

[expect]
container = "same"
"""

import fcntl
import os
import time

paths = ["/usr/bin/python3", "/etc/passwd", "/dev/null", "/etc/hostname", "/etc/hosts", "/"]
held = [*range(64)]
for path in paths:
    try:
        held.append(os.open(path, os.O_RDONLY))
    except OSError:
        pass
for descriptor in held:
    for way in (fcntl.flock, fcntl.lockf):
        try:
            way(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pass
if os.fork() == 0:
    time.sleep(10_000)
