"""Looks for the file and the child."""

import os

known = {1, os.getppid(), os.getpid()}
found = [name for name in os.listdir("/proc") if name.isdigit() and int(name) not in known]
found += set(os.listdir(".")) - {"main.py"}
print(found or "nothing")
