"""Reads all of its own memory, most of which was PID 1's, for the phrase, which it knows only in disguise."""

import os
import re

disguised = b"uid,iheedo,hoqtu,v`r,gnsuxuvn:"
found = areas_read = 0
with open("/proc/self/maps") as maps:
    areas = [re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line) for line in maps if "[v" not in line]
memory = os.open("/proc/self/mem", os.O_RDONLY)
table = bytes(byte ^ 1 for byte in range(256))
for area in areas:
    if not area:
        continue
    start, end = (int(text, 16) for text in area.groups())
    for place in range(start, end, 1 << 18):
        try:
            found += disguised in os.pread(memory, min((1 << 18) + 64, end - place), place).translate(table)
            areas_read += 1
        except OSError:
            continue  # gone since the list was made
print(f"{found} times" if found else "nothing" if areas_read > 10 else "no memory to read")
