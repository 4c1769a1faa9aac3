r"""Fills pipe after pipe, kernel memory that no process owns, until the limit on open files stops it.

[expect]
outcome = "ok"
stdout = "bounded\n"
"""

import fcntl
import os

pipes = []
try:
    while len(pipes) < 4096:
        reader, writer = os.pipe()
        pipes.append((reader, writer))
        os.set_blocking(writer, False)
        try:
            fcntl.fcntl(writer, 1031, 1 << 20)  # F_SETPIPE_SZ
        except OSError:
            pass
        try:
            while os.write(writer, b"x" * 65536):
                pass
        except BlockingIOError:
            pass
    print("4,096 pipes")
except OSError:
    for reader, writer in pipes:
        os.close(reader)
        os.close(writer)
    print("bounded")
