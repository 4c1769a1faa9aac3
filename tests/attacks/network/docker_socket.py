r"""Looks for the container engine's socket, in the file system and among the abstract names (CVE-2020-15257).

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import socket

found = []
paths = ["/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock"]
with open("/proc/net/unix") as table:
    paths += ["\0" + line.split()[7][1:] for line in table if len(line.split()) > 7 and line.split()[7][0] == "@"]
for path in paths:
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        found.append(path)
    except OSError:
        pass
print(found or "refused")
