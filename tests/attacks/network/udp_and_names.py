r"""Sends datagrams out and asks for names.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

found = []
for family, address in ((socket.AF_INET, "8.8.8.8"), (socket.AF_INET6, "2001:4860:4860::8888")):
    try:
        socket.socket(family, socket.SOCK_DGRAM).sendto(b"x", (address, 53))
        found.append(address)
    except OSError:
        pass
try:
    found.append(socket.getaddrinfo("example.org", 80))
except OSError:
    pass
print(found or "refused")
