"""Looks into every writable place, and whether there is as much room as there should be."""

import os
import tempfile

base = tempfile.gettempdir()
found = [name for name in os.listdir(base) if os.stat(f"{base}/{name}").st_uid != os.getuid()]
found += set(os.listdir(".")) - {"main.py"}
room = os.statvfs(".")
if room.f_bavail < 0.9 * room.f_blocks or room.f_favail < 0.9 * room.f_files:
    found.append(f"{room.f_bavail} of {room.f_blocks} blocks, {room.f_favail} of {room.f_files} inodes")
print(found or "nothing")
