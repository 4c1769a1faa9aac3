"""Leaves set-uid and set-gid programs, files for everyone, and a process that waits to be met by its own uid.

[expect]
container = "same"
"""

import os
import shutil
import time

for name, mode in (("tool", 0o6777), ("open", 0o777)):
    shutil.copy("/bin/true", name)
    os.chmod(name, mode)
os.mkdir("dir")
os.chmod("dir", 0o3777)
os.chmod(".", 0o3777)
if os.fork() == 0:
    time.sleep(10_000)
