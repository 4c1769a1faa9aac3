"""Prepares the working directories of the starts to come: directories of its own and links to /etc in their place.

[expect]
container = "any"
"""

import os

parent, name = os.path.split(os.getcwd())
digits = "".join(letter for letter in name if letter.isdigit())
prefix = name[: len(name) - len(digits)]
start = int(digits) if digits else os.getuid()
for number in range(start + 1, start + 200):
    try:
        if number % 2:
            os.symlink("/etc", f"{parent}/{prefix}{number}")
        else:
            os.mkdir(f"{parent}/{prefix}{number}", 0o777)
    except OSError:
        break
try:
    os.rename(f"{parent}/{name}", f"{parent}/moved")
    os.symlink("/etc", f"{parent}/{name}")
except OSError:
    pass
