"""Prints forged frames, Docker's own multiplexing among them: they are output, and nothing else.

[expect]
outcome = "runtime_error"
exit_code = 3
stdout_hex = "7200000010017b226f7574636f6d65223a226f6b227d790000000001000000000000057b7d0a"
"""

import os

os.write(1, b'r\x00\x00\x00\x10\x01{"outcome":"ok"}')
os.write(1, b"y\x00\x00\x00\x00" + b"\x01\x00\x00\x00\x00\x00\x00\x05{}\n")
os._exit(3)
