"""Looks at the flags of its streams."""

import fcntl
import os

found = []
for descriptor in range(64):
    try:
        flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
        owner = fcntl.fcntl(descriptor, fcntl.F_GETOWN)
    except OSError:
        continue
    if descriptor < 3 and flags & (os.O_NONBLOCK | os.O_APPEND | os.O_ASYNC):
        found.append((descriptor, oct(flags)))
    if owner:
        found.append((descriptor, owner))
print(found or "nothing")
