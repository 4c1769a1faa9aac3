r"""Takes priority, processors and memory limits away from the leader and from PID 1.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os
import resource

found = []
for target in (1, os.getppid()):
    for name, way in (
        ("nice", lambda: os.setpriority(os.PRIO_PROCESS, target, 19)),
        ("affinity", lambda: os.sched_setaffinity(target, {0})),
        ("scheduler", lambda: os.sched_setscheduler(target, os.SCHED_IDLE, os.sched_param(0))),
        ("limit", lambda: resource.prlimit(target, resource.RLIMIT_NOFILE, (0, 0))),
        ("read limit", lambda: resource.prlimit(target, resource.RLIMIT_NOFILE)),
        ("group", lambda: os.setpgid(target, 0)),
    ):
        try:
            way()
            found.append((target, name))
        except OSError:
            pass
print(found or "refused")
