r"""Takes back the promise never to gain privileges, and starts the image's set-uid programs.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import ctypes
import os
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
found = []
if libc.prctl(38, 0, 0, 0, 0) == 0 or libc.prctl(39, 0, 0, 0, 0) != 1:
    found.append("no_new_privs")
for option, value in ((28, 0x3F), (8, 1), (24, 21)):  # securebits, keepcaps stays harmless, bounding set
    if libc.prctl(option, value, 0, 0, 0) == 0 and option != 8:
        found.append(option)
for command in (["su", "-c", "id"], ["sudo", "-n", "id"], ["mount", "-t", "tmpfs", "none", "/tmp"], ["newgrp", "root"]):
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=2)
    except (OSError, subprocess.TimeoutExpired):
        continue
    if b"uid=0" in done.stdout or (command[0] == "mount" and done.returncode == 0):
        found.append(command)
print(found or "refused")
