"""Opens a FIFO that nobody will ever write to.

[limits]
wall_ms = 700

[expect]
outcome = "time_limit"
"""

import os

os.mkfifo("fifo")
open("fifo").read()
