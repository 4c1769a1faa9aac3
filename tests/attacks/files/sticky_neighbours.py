r"""Leaves files beside its own directory, in the world-writable parent, closed to everyone.

[expect]
outcome = "ok"
stdout = "left\n"
"""

import os
import tempfile

base = tempfile.gettempdir()
for number in range(20):
    try:
        os.mkdir(f"{base}/neighbour-{number}", 0)
    except OSError:
        break
print("left")
