r"""Closes all its pipes, as if it had ended, and sleeps for ever.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
stdout = "bye\n"
max_wall_ms = 2500
"""

import os
import time

print("bye", flush=True)
os.closerange(0, 4096)
time.sleep(10_000)
