"""Leaves files that Python loads by itself: usercustomize, sitecustomize, .pth, bytecode, modules named like others.

[expect]
container = "same"
"""

import os
import site
import sys

code = "import builtins; builtins.left = True\n"
places = [".", "..", "/tmp", os.path.expanduser("~"), site.getusersitepackages(), *filter(None, sys.path)]
places += [os.path.dirname(module.__file__) for module in (os, site) if getattr(module, "__file__", None)]
for place in places:
    try:
        os.makedirs(f"{place}/__pycache__", exist_ok=True)
    except OSError:
        pass
    for name in ("usercustomize.py", "sitecustomize.py", "left.pth", "random.py", "statistics.py", "main.py", "fractions.py"):
        try:
            with open(f"{place}/{name}", "w") as file:
                file.write(code)
        except OSError:
            pass
