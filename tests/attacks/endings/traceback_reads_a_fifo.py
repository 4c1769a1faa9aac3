"""Dies of an exception after it has put a FIFO in place of its source, which the traceback wants to quote.

[limits]
wall_ms = 900

[expect]
outcome = ["runtime_error", "time_limit"]
max_wall_ms = 2500
"""

import os
import sys

os.remove(sys.argv[0])
os.mkfifo(sys.argv[0])
raise ValueError("quote me")
