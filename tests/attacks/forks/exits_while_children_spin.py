r"""Ends well while two children spin: they end with it.

[expect]
outcome = "ok"
stdout = "done\n"
max_wall_ms = 4000
"""

import os

for _ in range(2):
    if os.fork() == 0:
        while True:
            pass
print("done")
