"""Breaks the tools that would send its value: json, os.write, struct, sys.exit.

[program]
call = "answer"
arguments_json = "[]"

[expect]
outcome = ["ok", "runtime_error"]
value_never = ["41"]
"""

import json
import os
import struct
import sys

json.dumps = lambda *args, **options: "41"
json.JSONEncoder.encode = lambda *args, **options: "41"
os.write = lambda descriptor, text: len(text)
struct.pack = lambda *args: b"41"
sys.exit = lambda code=0: None


def answer() -> int:
    return 42
