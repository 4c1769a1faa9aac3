r"""Leaves a megabyte of input unread in its pipe, and a child that might still read.

[program]
stdin = "input of the first start\n"
stdin_repeat = 40000

[expect]
container = "same"
"""

import os
import time

if os.fork() == 0:
    time.sleep(10_000)
