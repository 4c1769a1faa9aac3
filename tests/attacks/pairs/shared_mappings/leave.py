"""Writes into every mapping that it shares with other processes.

[expect]
container = "any"
"""

import ctypes
import re

with open("/proc/self/maps") as maps:
    areas = [re.match(r"([0-9a-f]+)-([0-9a-f]+) rw.s", line) for line in maps]
for area in areas:
    if area:
        start, end = (int(text, 16) for text in area.groups())
        ctypes.memset(start, 0x4C, min(end - start, 4096))
