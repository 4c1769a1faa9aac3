r"""Ends by SIGKILL from its own hand: that is neither a time nor a memory limit.

[expect]
outcome = "runtime_error"
exit_code = -9
stdout = "before\n"
"""

import os
import signal

print("before", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
