"""Opens as many files and pipes as it may, moves them to high numbers, and leaves children holding them.

[expect]
container = "same"
"""

import os
import time

try:
    while True:
        os.set_inheritable(os.open("/etc/passwd", os.O_RDONLY), True)
except OSError:
    pass
if os.fork() == 0:
    time.sleep(10_000)
