r"""Leaves a tree without any permission, its own directory included.

[expect]
outcome = "ok"
stdout = "left\n"
"""

import os

os.makedirs("a/b/c")
with open("a/b/c/file", "w") as file:
    file.write("x")
os.chmod("a/b/c/file", 0)
for folder in ("a/b/c", "a/b", "a", os.getcwd()):
    os.chmod(folder, 0)
print("left")
