"""Writes bytes that are no UTF-8 and ends well: they arrive as they were sent.

[expect]
outcome = "ok"
stdout_hex = "fffe80c0afeda0800a"
"""

import sys

sys.stdout.buffer.write(b"\xff\xfe\x80\xc0\xaf\xed\xa0\x80\n")
