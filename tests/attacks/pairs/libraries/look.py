"""Looks for them in its own mappings and modules."""

import sys

with open("/proc/self/maps") as maps:
    text = maps.read()
found = [name for name in ("libncurses", "libssl", "libsqlite3", "libreadline") if name in text]
found += [name for name in ("sqlite3", "curses", "readline", "ssl") if name in sys.modules]
print(found or "nothing")
