r"""Calls the hypervisor past every network namespace (AF_VSOCK).

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

found = []
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, 5):
    try:
        phone = socket.socket(40, kind)
        found.append("socket")
        phone.settimeout(0.2)
        phone.connect((2, 22))
        found.append("host")
    except OSError:
        pass
print(found or "refused")
