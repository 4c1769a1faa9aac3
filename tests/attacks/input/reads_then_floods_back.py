r"""Copies 200 kB from stdin to stdout in tiny pieces, so that both pipes are full at once.

[program]
stdin = "0123456789\n"
stdin_repeat = 20000

[expect]
outcome = "ok"
stdout_bytes = 220000
"""

import os

while piece := os.read(0, 512):
    os.write(1, piece)
