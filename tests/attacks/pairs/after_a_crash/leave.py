"""Dies of a segmentation fault after it has left a file and a child.

[expect]
outcome = "runtime_error"
container = "new"
"""

import ctypes
import os
import time

with open("left-behind", "w") as file:
    file.write("left behind")
if os.fork() == 0:
    time.sleep(10_000)
ctypes.string_at(0)
