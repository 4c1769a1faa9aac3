"""Looks whether its working directory is a real one, its own, and empty but for the program."""

import os
import stat

here = os.stat(".")
found = list(set(os.listdir(".")) - {"main.py"})
if here.st_uid not in (0, os.getuid()) or not stat.S_ISDIR(os.lstat(os.getcwd()).st_mode):
    found.append(f"owned by {here.st_uid}")
if here.st_mode & 0o022 and here.st_uid != os.getuid() and not here.st_mode & stat.S_ISVTX:
    found.append(oct(here.st_mode))
print(found or "nothing")
