r"""Reads bytes that are no UTF-8, NUL among them.

[program]
stdin_hex = "00ff80c00a"

[expect]
outcome = "ok"
stdout = "b'\\x00\\xff\\x80\\xc0\\n'\n"
"""

import sys

print(sys.stdin.buffer.read())
