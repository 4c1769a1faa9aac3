r"""Looks for the file that it was started from and rewrites it, for the next start to run something else.

[expect]
outcome = "ok"
stdout = "harmless\n"
"""

import sys

path = globals().get("__file__") or sys.argv[0]
try:
    with open(path, "w") as source:
        source.write("print('rewritten')\n")
except OSError:
    pass
print("harmless")
