r"""Says its last words in a function registered with atexit, as Python promises.

[expect]
outcome = "ok"
stdout = "first\nlast\n"
"""

import atexit

atexit.register(print, "last")
print("first")
