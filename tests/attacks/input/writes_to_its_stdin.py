r"""Writes into its own stdin, hoping for a terminal or for the platform's own socket behind it.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

try:
    os.write(0, b'{"outcome": "accepted"}\n')
    print("got in")
except OSError:
    print("refused")
