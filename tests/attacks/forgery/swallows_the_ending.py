"""Makes Python's ways of ending a process do nothing and then fails: the failure still counts.

[expect]
outcome = "runtime_error"
stderr_contains = ["ValueError"]
"""

import os
import signal
import sys

sys.exit = lambda code=0: None
os._exit = lambda code: None
os.kill = lambda pid, number: None
signal.raise_signal = lambda number: None
raise ValueError("it went wrong")
