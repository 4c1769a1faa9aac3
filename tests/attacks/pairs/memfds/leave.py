"""Leaves memory files, sealed and mapped, in a process that closes everything else.

[expect]
container = "same"
"""

import os
import time

try:
    memory = os.memfd_create("left-behind")
    os.write(memory, b"left behind" * 100_000)
except OSError:
    pass
if os.fork() == 0:
    os.setsid()
    os.closerange(0, 3)
    time.sleep(10_000)
