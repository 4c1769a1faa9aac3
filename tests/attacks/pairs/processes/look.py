"""Looks for a process that is neither PID 1, nor the leader, nor this one."""

import os

known = {1, os.getppid(), os.getpid()}
print([name for name in os.listdir("/proc") if name.isdigit() and int(name) not in known] or "nothing")
