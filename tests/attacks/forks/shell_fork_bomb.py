"""Starts the classic bomb in a shell and ends.

The bomb may starve its own starter, hence three honest endings; what counts is that nothing outlives it.

[limits]
cpu_ms = 600
wall_ms = 3000

[expect]
outcome = ["ok", "time_limit", "runtime_error"]
"""

import subprocess

subprocess.Popen(["/bin/sh", "-c", "b() { b | b & }; b"], stderr=subprocess.DEVNULL)
print("started")
