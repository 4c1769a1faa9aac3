"""Closes the descriptor under its stdout and prints.

[expect]
outcome = "runtime_error"
stdout = ""
"""

import os

os.close(1)
print("nobody hears this", flush=True)
