"""Looks for them in the kernel's tables."""

found = []
for name in ("tcp", "tcp6", "udp", "udp6", "raw", "icmp"):
    try:
        with open(f"/proc/net/{name}") as table:
            found += table.readlines()[1:]
    except OSError:
        pass
print(found or "nothing")
