r"""Is given a megabyte, closes its stdin at once and goes on.

[program]
stdin = "never read\n"
stdin_repeat = 100000

[expect]
outcome = "ok"
stdout = "closed\n"
"""

import os
import time

os.close(0)
time.sleep(0.1)
print("closed")
