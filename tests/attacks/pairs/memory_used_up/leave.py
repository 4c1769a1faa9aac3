"""Uses a good part of the memory, in every way that the kernel books: heap, files, pipes, sockets, page tables.

[expect]
container = "any"
"""

import mmap
import os
import socket
import time

heap = bytearray(b"x") * 30_000_000
shared = mmap.mmap(-1, 10_000_000, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
shared.write(b"x" * 10_000_000)
try:
    with open("file", "wb") as file:
        file.write(b"x" * 4_000_000)
except OSError:
    pass
hoard = []
try:
    for _ in range(10):
        left, right = socket.socketpair()
        left.setblocking(False)
        hoard += [left, right]
        left.send(b"x" * 100_000)
except OSError:
    pass
if os.fork() == 0:
    time.sleep(10_000)
