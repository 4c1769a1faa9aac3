r"""Makes itself the adopter of its orphans and ends before them.

[expect]
outcome = "ok"
stdout = "done\n"
max_wall_ms = 4000
"""

import ctypes
import os
import time

ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
        time.sleep(10_000)
    os._exit(0)
os.wait()
print("done")
