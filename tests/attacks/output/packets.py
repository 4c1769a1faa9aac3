"""Turns its stdout into a pipe of packets, one a write, and writes very many very small ones.

[expect]
outcome = "ok"
stdout_bytes = 3000
"""

import fcntl
import os

fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_DIRECT)
for number in range(3000):
    os.write(1, b"%d" % (number % 10))
