"""Is ended by the clock after it has left a file and a child.

[limits]
cpu_ms = 300
wall_ms = 900

[expect]
outcome = "time_limit"
container = "new"
"""

import os
import time

with open("left-behind", "w") as file:
    file.write("left behind")
if os.fork() == 0:
    time.sleep(10_000)
while True:
    pass
