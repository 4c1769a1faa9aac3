"""Leaves closed connections on the loopback, which the kernel remembers for a minute (TIME_WAIT).

[expect]
container = "same"
"""

import socket

try:
    server = socket.create_server(("127.0.0.1", 4242))
    for _ in range(4):
        client = socket.create_connection(("127.0.0.1", 4242))
        peer, _ = server.accept()
        client.sendall(b"left behind")
        client.close()
        peer.close()
except OSError:
    pass
