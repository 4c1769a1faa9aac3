"""Leaves a tree that a plain rmtree cannot remove: no permissions, great depth, names that are no text.

[expect]
container = "any"
"""

import os

os.makedirs("closed/inner")
with open("closed/inner/file", "w"):
    pass
os.symlink("/etc", "closed/link")
os.chmod("closed/inner", 0)
os.chmod("closed", 0)
with open(b"\xff\xfe\n", "w"):
    pass
try:
    for _ in range(2000):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
except OSError:
    pass
