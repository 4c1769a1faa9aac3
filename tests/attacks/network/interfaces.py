r"""Looks for a network interface other than the loopback.

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import os

print([name for name in os.listdir("/sys/class/net") if name != "lo"] or "nothing")
