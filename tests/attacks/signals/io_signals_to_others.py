r"""Asks the kernel to send SIGKILL to the leader and to PID 1 whenever its pipes move (F_SETOWN, F_SETSIG, O_ASYNC).

[program]
stdin = "some input\n"

[expect]
outcome = "ok"
stdout_contains = ["still here\n"]
"""

import fcntl
import os
import signal

F_SETSIG = 10
for target in (1, os.getppid()):
    for descriptor in range(3):
        try:
            fcntl.fcntl(descriptor, fcntl.F_SETOWN, target)
            fcntl.fcntl(descriptor, F_SETSIG, signal.SIGKILL)
            fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)
        except OSError:
            pass
print("still here", flush=True)
os.read(0, 100)
