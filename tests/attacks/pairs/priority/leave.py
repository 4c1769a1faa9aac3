"""Takes the lowest priority, idle scheduling and one processor, for itself and, where it may, for everyone.

[expect]
container = "same"
"""

import os

for target in (0, 1, os.getppid()):
    for way in (
        lambda: os.setpriority(os.PRIO_PROCESS, target, 19),
        lambda: os.sched_setaffinity(target, {min(os.sched_getaffinity(0))}),
        lambda: os.sched_setscheduler(target, os.SCHED_IDLE, os.sched_param(0)),
    ):
        try:
            way()
        except OSError:
            pass
for who in (os.PRIO_PGRP, os.PRIO_USER):
    try:
        os.setpriority(who, 0, 19)
    except OSError:
        pass
