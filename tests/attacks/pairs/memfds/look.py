"""Looks for the memory files among its own descriptors and mappings, and everyone's that it can see."""

import glob
import os

found = []
for path in glob.glob("/proc/[0-9]*/fd/*"):
    try:
        target = os.readlink(path)
    except OSError:
        continue
    if "left-behind" in target:
        found.append(path)
with open("/proc/self/maps") as maps:
    found += [line for line in maps if "left-behind" in line]
print(found or "nothing")
