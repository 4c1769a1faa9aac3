r"""Lets a child replace names in the temporary directory by links, for ever, while the cleaner walks there.

[expect]
outcome = "ok"
stdout = "started\n"
max_wall_ms = 4000
"""

import os
import tempfile

base = tempfile.mkdtemp()
if os.fork() == 0:
    while True:
        try:
            os.mkdir(f"{base}/x")
            os.rmdir(f"{base}/x")
            os.symlink("/etc", f"{base}/x")
            os.unlink(f"{base}/x")
        except OSError:
            continue
print("started")
