r"""Writes a program of its own and executes it: nothing that was written may run as a program.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os
import shutil
import subprocess

shutil.copy("/bin/true", "tool")
os.chmod("tool", 0o4755)
try:
    subprocess.run([os.path.abspath("tool")], check=True)
    print("got in")
except OSError:
    print("refused")
