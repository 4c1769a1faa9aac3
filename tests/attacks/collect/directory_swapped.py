"""Replaces its working directory by a link to /etc and asks for "passwd" back.

[program]
collect = ["passwd"]

[expect]
outcome = "ok"
files = {}
never = ["root:"]
"""

import os

here = os.getcwd()
try:
    os.rename(here, f"{here}-moved")
except OSError:
    pass
try:
    os.rmdir(here)
except OSError:
    pass
try:
    os.symlink("/etc", here)
except OSError:
    pass
