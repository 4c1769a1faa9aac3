r"""Leaves thirty dead children that nobody has waited for.

[expect]
outcome = "ok"
stdout = "30\n"
"""

import os

count = 0
for _ in range(30):
    if os.fork() == 0:
        os._exit(0)
    count += 1
print(count)
