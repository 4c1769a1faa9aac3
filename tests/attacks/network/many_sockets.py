r"""Fills kernel memory with socket buffers until a limit stops it.

[expect]
outcome = "ok"
stdout = "bounded\n"
"""

import socket

pairs = []
try:
    while len(pairs) < 4096:
        left, right = socket.socketpair()
        pairs.append((left, right))
        left.setblocking(False)
        try:
            while left.send(b"x" * 65536):
                pass
        except BlockingIOError:
            pass
    print("4,096 pairs")
except OSError:
    pairs.clear()
    print("bounded")
