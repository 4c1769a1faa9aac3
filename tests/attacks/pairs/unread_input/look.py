r"""Reads all of its own input: that and nothing else.

[program]
stdin = "input of the second start\n"
"""

import sys

text = sys.stdin.read()
print("nothing" if text == "input of the second start\n" else text[:200])
