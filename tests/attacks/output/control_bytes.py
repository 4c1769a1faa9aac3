"""Writes NULs, backspaces and terminal control sequences.

[expect]
outcome = "ok"
stdout_hex = "0000081b5b324a1b5d303b6f776e6564070d0c0a"
"""

import sys

sys.stdout.buffer.write(b"\x00\x00\x08\x1b[2J\x1b]0;owned\x07\r\x0c\n")
