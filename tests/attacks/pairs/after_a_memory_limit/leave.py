"""Is ended by its memory after it has left a file and a child.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
container = "new"
"""

import os
import time

with open("left-behind", "w") as file:
    file.write("left behind")
if os.fork() == 0:
    time.sleep(10_000)
hoard = []
while True:
    hoard.append(bytearray(1_000_000))
