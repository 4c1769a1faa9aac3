"""Closes sys.stdout and prints.

[expect]
outcome = "runtime_error"
exit_code = 1
stderr_contains = ["ValueError"]
"""

import sys

print("before")
sys.stdout.close()
print("after")
