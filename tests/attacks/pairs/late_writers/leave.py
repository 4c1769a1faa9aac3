"""Leaves children that write to stdout, to stderr and to every other descriptor, for ever.

[expect]
container = "same"
"""

import os
import time

for _ in range(3):
    if os.fork() == 0:
        while True:
            for descriptor in range(1, 32):
                try:
                    os.set_blocking(descriptor, False)
                    os.write(descriptor, b"left behind\n")
                except OSError:
                    pass
            time.sleep(0.001)
