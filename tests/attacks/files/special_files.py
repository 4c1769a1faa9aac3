r"""Leaves a FIFO and a listening socket in the file system.

[expect]
outcome = "ok"
stdout = "left\n"
"""

import os
import socket

os.mkfifo("fifo")
try:
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket")
    server.listen()
except OSError:
    pass
print("left")
