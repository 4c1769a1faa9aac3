r"""Connects to the internet, to the host and to the cloud's metadata service.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

found = []
for address in ("1.1.1.1", "172.17.0.1", "169.254.169.254", "10.0.0.1", "192.168.0.1"):
    for port in (22, 80, 443, 2375, 6379):
        try:
            socket.create_connection((address, port), 0.1).close()
            found.append((address, port))
        except OSError:
            pass
print(found or "refused")
