"""Looks for mappings that it shares with other processes."""

import re

with open("/proc/self/maps") as maps:
    print([line for line in maps if re.match(r"[0-9a-f]+-[0-9a-f]+ rw.s", line)] or "nothing")
