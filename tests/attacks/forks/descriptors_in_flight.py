r"""Sends its stdout through sockets that are themselves in flight to each other, so that dying does not close it.

[limits]
wall_ms = 20000

[expect]
outcome = "ok"
stdout = "sent\n"
max_wall_ms = 4000
"""

import array
import os
import socket

os.write(1, b"sent\n")
try:
    left, right = socket.socketpair()
    for sender, luggage in ((left, (1, 2, right.fileno())), (right, (1, 2, left.fileno()))):
        sender.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", luggage))])
except OSError:
    pass
