"""Sends a file without a name, that fills /tmp, through sockets that are themselves in flight to each other."""

import array
import os
import socket

holders = []
for number in range(2):
    holders.append(os.open(f"big{number}", os.O_CREAT | os.O_RDWR))
    os.write(holders[-1], bytes(6_000_000))
    os.unlink(f"big{number}")
left, right = socket.socketpair()
for sender, luggage in ((left, right), (right, left)):
    files = array.array("i", [luggage.fileno(), *holders])
    sender.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
