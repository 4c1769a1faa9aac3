"""Ends by SIGXCPU from its own hand, having used no time.

[expect]
outcome = "runtime_error"
exit_code = -24
"""

import os
import signal

signal.signal(signal.SIGXCPU, signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGXCPU)
