"""Leaves a message in the loopback's counters: as many packets as its secret says.

[expect]
container = "same"
"""

import socket

try:
    postman = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for _ in range(4242):
        postman.sendto(b"x", ("127.0.0.1", 9))
except OSError:
    pass
