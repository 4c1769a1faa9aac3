r"""Removes its working directory from under itself and puts a link to /etc in its place.

[expect]
outcome = "ok"
stdout = "harmless\n"
"""

import os

here = os.getcwd()
try:
    os.rmdir(here)
    os.symlink("/etc", here)
except OSError:
    pass
print("harmless")
