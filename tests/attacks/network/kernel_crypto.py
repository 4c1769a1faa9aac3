r"""Reaches the kernel's crypto code by a socket (AF_ALG).

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

try:
    socket.socket(38, socket.SOCK_SEQPACKET).bind(("hash", "sha256"))
    print("got in")
except OSError:
    print("refused")
