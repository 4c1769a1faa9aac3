"""Looks for the file and the child, and takes its own share of memory."""

import os

known = {1, os.getppid(), os.getpid()}
found = [name for name in os.listdir("/proc") if name.isdigit() and int(name) not in known]
len(bytearray(b"x") * 60_000_000)
found += set(os.listdir(".")) - {"main.py"}
print(found or "nothing")
