r"""Makes directories side by side and inside each other until there is no room, all closed to everyone.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "ok"
stdout = "full\n"
"""

import os

made = []
try:
    for number in range(10_000):
        made.append(f"{made[number // 4]}/{number}" if number > 4 else str(number))
        os.mkdir(made[-1])
except OSError:
    pass
for folder in reversed(made[:-1]):
    os.chmod(folder, 0)
print("full")
