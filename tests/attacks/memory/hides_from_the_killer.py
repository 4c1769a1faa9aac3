"""Fills memory that belongs to no process, from one smaller than PID 1 and no more worth killing than that.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "memory_limit"
"""

import os

try:
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write("0")
except OSError:
    pass
holders = [os.memfd_create(str(number), 0) for number in range(60)]
script = "".join(f"/bin/dd if=/dev/zero of=/proc/self/fd/{fd} bs=64k count=120 2>/dev/null;" for fd in holders)
os.execv("/bin/sh", ["sh", "-c", script + "sleep 30"])
