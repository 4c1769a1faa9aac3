"""Looks for ignored, blocked and pending signals; Python itself ignores SIGPIPE and SIGXFSZ."""

allowed = (1 << 12) | (1 << 24)
found = []
with open("/proc/self/status") as status:
    for line in status:
        name, _, value = line.partition(":")
        if name in ("SigPnd", "ShdPnd", "SigBlk", "SigIgn") and int(value, 16) & ~allowed:
            found.append(line.strip())
print(found or "nothing")
