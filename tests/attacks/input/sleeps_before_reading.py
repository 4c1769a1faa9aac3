r"""Lets a megabyte of input wait before it reads it: nothing may block meanwhile, nothing may be lost.

[program]
stdin = "0123456789\n"
stdin_repeat = 100000

[expect]
outcome = "ok"
stdout = "1100000\n"
"""

import sys
import time

time.sleep(0.4)
print(len(sys.stdin.read()))
