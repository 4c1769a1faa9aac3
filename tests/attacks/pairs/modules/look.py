"""Looks at the interpreter: what is used every day must be as it was."""

import builtins
import json
import math
import os
import sys

found = []
if (math.pi, math.sqrt(4), len("ab"), json.dumps([1])) != (3.141592653589793, 2.0, 2, "[1]"):
    found.append("functions")
if os.getcwd() == "left behind" or hasattr(builtins, "left") or "left" in sys.modules:
    found.append("modules")
if any("left" in path for path in sys.path) or sys.getrecursionlimit() != 1000 or sys.getswitchinterval() > 0.1:
    found.append("settings")
print(found or "nothing")
