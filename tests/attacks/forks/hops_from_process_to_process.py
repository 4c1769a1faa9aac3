r"""Lives in a chain of processes that each fork the next and die, to be faster than any kill.

[expect]
outcome = "ok"
stdout = "the parent is done\n"
max_wall_ms = 4000
"""

import os

if os.fork() == 0:
    while True:
        if os.fork() != 0:
            os._exit(0)
print("the parent is done")
