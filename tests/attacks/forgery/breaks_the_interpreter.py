"""Empties builtins and sys.modules under the code that started it, and fails.

[expect]
outcome = "runtime_error"
"""

import builtins
import sys

for name in list(vars(builtins)):
    if not name.startswith("__"):
        delattr(builtins, name)
sys.modules.clear()
sys.stdout = sys.stderr = sys.stdin = None
nothing  # noqa: B018, F821
