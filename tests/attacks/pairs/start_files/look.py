"""Imports what it left, by its usual name."""

import builtins
import fractions  # noqa: F401
import random  # noqa: F401
import statistics  # noqa: F401
import sys

found = ["builtins"] if hasattr(builtins, "left") else []
for name in ("usercustomize", "sitecustomize", "left"):
    sys.modules.pop(name, None)
    try:
        __import__(name)
    except ImportError:
        continue
    if hasattr(builtins, "left"):
        found.append(name)
print(found or "nothing")
