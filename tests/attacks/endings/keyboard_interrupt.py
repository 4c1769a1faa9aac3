"""Raises KeyboardInterrupt, of which Python dies by SIGINT.

[expect]
outcome = "runtime_error"
exit_code = -2
stderr_contains = ["KeyboardInterrupt"]
"""

raise KeyboardInterrupt
