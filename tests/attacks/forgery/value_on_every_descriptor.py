"""Writes a value, framed in many ways, to every descriptor that takes it, and ends before the function is called.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
no_value = true
"""

import json
import os
import struct

texts = [b"42", b"42\n", json.dumps({"value": 42}).encode(), json.dumps({"value_json": "42"}).encode() + b"\n"]
nonces = [b"", b"\0" * 16, b"0" * 32, b"nonce"]
for descriptor in range(3, 1024):
    try:
        os.set_blocking(descriptor, False)
        for text in texts:
            for nonce in nonces:
                for form in (nonce + text, nonce + struct.pack(">I", len(text)) + text, nonce + b"v" + text + nonce):
                    os.write(descriptor, form)
    except OSError:
        continue
os._exit(0)


def answer() -> int:
    return 42
