r"""Writes forged frames into the descriptors of the leader and of PID 1, by way of /proc.

[expect]
outcome = "runtime_error"
exit_code = 3
stdout = "refused\n"
"""

import glob
import os

found = []
targets = [f"/proc/{pid}/fd/{number}" for pid in (1, os.getppid()) for number in range(64)]
for path in [*targets, *glob.glob(f"/proc/{os.getppid()}/task/*/fd/*"), "/dev/console", "/dev/tty"]:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        os.write(descriptor, b'r\x00\x00\x00\x10{"outcome":"ok"}')
        found.append(path)
    except OSError:
        pass
os.write(1, (str(found or "refused") + "\n").encode())
os._exit(3)
