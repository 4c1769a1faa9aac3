"""Empties builtins and sys.modules under the code that started it, and fails.

[expect]
outcome = "runtime_error"
"""

import builtins
import sys

modules, names = sys.modules, vars(builtins)
for name in [name for name in names if not name.startswith("__")]:
    del names[name]
modules.clear()
sys.stdout = sys.stderr = sys.stdin = None
nothing  # noqa: B018, F821
