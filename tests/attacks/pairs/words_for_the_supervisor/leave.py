"""Leaves a phrase in names that PID 1 could come to read: of files, of sockets in flight, of what it has to wipe.

[expect]
container = "same"
"""

import array
import os
import socket

phrase = "the-hidden-input-was-fortytwo;"
for number in range(1_000):
    os.close(os.open(f"/tmp/{phrase * 7}{number}", os.O_CREAT | os.O_WRONLY))
os.makedirs(f"/tmp/{phrase}/{phrase}/{phrase}")
for number in range(20):
    left, right = socket.socketpair()
    named = socket.socket(socket.AF_UNIX)
    named.bind(f"\0{phrase * 3}{number}")
    for sender, luggage in ((left, right), (right, left)):
        files = array.array("i", [luggage.fileno(), named.fileno()])
        sender.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
