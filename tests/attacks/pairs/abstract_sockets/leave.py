"""Leaves a daemon that listens at an abstract socket, which no file system shows.

[expect]
container = "same"
"""

import os
import socket
import time

ready, told = os.pipe()
if os.fork() == 0:
    os.setsid()
    try:
        server = socket.socket(socket.AF_UNIX)
        server.bind("\0left-behind")
        server.listen()
    except OSError:
        pass
    os.write(told, b"x")
    time.sleep(10_000)
os.read(ready, 1)
