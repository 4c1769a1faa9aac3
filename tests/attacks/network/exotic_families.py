r"""Opens a socket of every family and type but the local and internet ones: each has a history of kernel bugs.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

found = []
for family in range(3, 64):
    if family == socket.AF_INET6:
        continue
    for kind in (1, 2, 3, 5):
        try:
            socket.socket(family, kind).close()
            found.append((family, kind))
        except OSError:
            pass
print(found or "refused")
