"""Uses up every inode and every block of the writable places, and keeps deleted files open in a daemon.

[expect]
container = "any"
"""

import os

hoard = []
try:
    for number in range(20):
        hoard.append(open(f"big-{number}", "wb"))
        os.unlink(f"big-{number}")
        hoard[-1].write(b"x" * 1_000_000)
        hoard[-1].flush()
except OSError:
    pass
try:
    for number in range(100_000):
        os.close(os.open(f"inode-{number}", os.O_CREAT))
except OSError:
    pass
if os.fork() == 0:
    os.setsid()
    while True:
        os.sched_yield()
