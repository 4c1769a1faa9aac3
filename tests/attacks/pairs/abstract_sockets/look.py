"""Looks for the socket, in the kernel's table and by connecting and binding."""

import socket

found = []
try:
    with open("/proc/net/unix") as table:
        found += [line for line in table if "left-behind" in line]
except OSError:
    pass
for way in ("connect", "bind"):
    try:
        getattr(socket.socket(socket.AF_UNIX), way)("\0left-behind")
        if way == "connect":
            found.append("connected")
    except OSError as error:
        if error.errno == 98:  # EADDRINUSE
            found.append("still bound")
print(found or "nothing")
