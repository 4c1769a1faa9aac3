r"""Opens raw sockets: packets of its own making on the wire, or a tap on everyone's.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

found = []
for family, kind, protocol in ((2, 3, 1), (2, 3, 255), (10, 3, 58), (17, 3, 0x0300), (17, 2, 0x0300)):
    try:
        socket.socket(family, kind, protocol).close()
        found.append((family, kind))
    except OSError:
        pass
print(found or "refused")
