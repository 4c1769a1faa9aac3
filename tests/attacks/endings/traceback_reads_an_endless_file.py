"""Dies of an exception after it has put /dev/zero in place of its source, which the traceback wants to quote.

[limits]
cpu_ms = 800
wall_ms = 3000

[expect]
outcome = ["runtime_error", "memory_limit", "time_limit"]
"""

import os
import sys

os.remove(sys.argv[0])
os.symlink("/dev/zero", sys.argv[0])
raise ValueError("quote me")
