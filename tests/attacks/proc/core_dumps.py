r"""Dies with a core dump, to have the kernel write a file for it or run the host's core handler.

[expect]
outcome = "runtime_error"
exit_code = -11
stdout = "refused\n"
"""

import os
import resource
import signal

try:
    resource.setrlimit(resource.RLIMIT_CORE, (10_000_000, 10_000_000))
    print("got in", flush=True)
except (OSError, ValueError):
    print("refused", flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
