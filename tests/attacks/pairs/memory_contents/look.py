"""Reads all of its own memory for the phrase, which it knows only in disguise."""

import ctypes
import re

disguised = b"uid,q`rrvnse,ng,`e`,hr,rvnseghri:"
found = areas_read = 0
with open("/proc/self/maps") as maps:
    areas = [re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line) for line in maps if "[v" not in line]
table = bytes(byte ^ 1 for byte in range(256))
for area in areas:
    if not area:
        continue
    start, end = (int(text, 16) for text in area.groups())
    areas_read += 1
    for place in range(start, end, 1 << 18):
        found += disguised in ctypes.string_at(place, min((1 << 18) + 64, end - place)).translate(table)
print(f"{found} times" if found else "nothing" if areas_read > 3 else "no memory to read")
