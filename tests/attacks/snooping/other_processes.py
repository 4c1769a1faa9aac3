r"""Lists the processes that it can see: PID 1 and the leader, neither with an argument that tells something.

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import os

known = {1, os.getppid(), os.getpid()}
found = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in known]
print(found or "nothing")
