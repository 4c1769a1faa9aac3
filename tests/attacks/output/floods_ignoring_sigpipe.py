"""Goes on writing when nobody reads any more: errors and SIGPIPE are swallowed.

[limits]
cpu_ms = 5000
wall_ms = 15000
output_bytes = 65536

[expect]
outcome = "output_limit"
truncated = true
"""

import os
import signal

signal.signal(signal.SIGPIPE, signal.SIG_IGN)
while True:
    try:
        os.write(1, b"again\n" * 1000)
    except OSError:
        continue
