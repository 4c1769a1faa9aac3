r"""Makes far more orphans than there may be processes, one after another: each must be reaped as it ends.

[expect]
outcome = "ok"
stdout = "300\n"
stderr = ""
"""

import os

made = 0
for _ in range(300):
    done, tell = os.pipe()
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            os.close(tell)
            os._exit(0)
        os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    os.read(done, 1)
    os.close(done)
    made += 1
print(made)
