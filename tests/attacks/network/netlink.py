r"""Talks to the kernel's configuration sockets (AF_NETLINK): routes, audit, netfilter, uevents, crypto.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

found = []
for protocol in range(24):
    try:
        socket.socket(16, socket.SOCK_RAW, protocol).close()
        found.append(protocol)
    except OSError:
        pass
print(found or "refused")
