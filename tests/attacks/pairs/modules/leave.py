"""Rewrites the interpreter that it runs in: builtins, modules, constants, the import path, the recursion limit.

[expect]
container = "same"
"""

import builtins
import json
import math
import os
import random
import sys

math.pi = 3
math.sqrt = lambda number: 42
json.dumps = json.loads = lambda *args, **options: "left behind"
os.getcwd = lambda: "left behind"
random.seed(42)
builtins.len = lambda things: 42
builtins.left = "left behind"
sys.path.insert(0, "/tmp/left-behind")
sys.modules["left"] = sys
sys.setrecursionlimit(50)
sys.setswitchinterval(1)
sys.settrace(None)
sys.dont_write_bytecode = False
sys.excepthook = lambda *args: None
