"""Looks at the working directory and the umask, and whether a new file is its own."""

import os
import stat

found = []
umask = os.umask(0o077)
os.umask(umask)
if umask not in (0o022, 0o027, 0o077):
    found.append(f"umask {umask:o}")
if os.getcwd() == "/" or set(os.listdir(".")) - {"main.py"}:
    found.append(f"{os.getcwd()}: {os.listdir('.')}")
with open("mine", "w"):
    pass
if stat.S_IMODE(os.stat("mine").st_mode) & 0o022:
    found.append("writable by others")
print(found or "nothing")
