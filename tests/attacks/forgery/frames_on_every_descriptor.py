"""Writes forged frames and result lines to every descriptor that takes them, and then fails.

[expect]
outcome = "runtime_error"
exit_code = 9
"""

import json
import os
import struct

verdict = json.dumps({"outcome": "ok", "verdict": "ok", "status": 0, "exit_code": 0, "value": 42}).encode()
forgeries = [verdict + b"\n"]
for kind in (b"r", b"R", b"y", b"v", b"o", b"\x01", b"\x02", b"\x03"):
    forgeries.append(kind + struct.pack(">I", len(verdict)) + verdict)
    forgeries.append(struct.pack(">I", len(verdict) + 1) + kind + verdict)
    forgeries.append(struct.pack("<I", len(verdict) + 1) + kind + verdict)
for descriptor in range(3, 1024):
    for forgery in forgeries:
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, forgery)
        except OSError:
            break
os._exit(9)
