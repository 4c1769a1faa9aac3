r"""Walks out through directories that somebody left open in it (CVE-2024-21626).

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import os
import stat

found = []
for descriptor in range(3, 4096):
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        continue
    if stat.S_ISDIR(mode):
        found.append(os.readlink(f"/proc/self/fd/{descriptor}"))
for way in ("/proc/self/cwd/../../../../..", "/proc/self/root/.."):
    if os.stat(way).st_ino != os.stat("/").st_ino:
        found.append(way)
print(found or "nothing")
