"""Lowers every limit to almost nothing, its own and, where it may, those of the leader and of PID 1.

[expect]
container = "same"
"""

import os
import resource

for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
    for target in (1, os.getppid(), os.getpid()):
        try:
            resource.prlimit(target, getattr(resource, name), (3, 3))
        except (OSError, ValueError):
            pass
