"""Loads a library of its own into the programs that it starts (LD_PRELOAD), set-uid ones included.

[expect]
outcome = "ok"
never = ["uid=0"]
"""

import os
import subprocess

os.environ["LD_PRELOAD"] = os.path.abspath("own.so")
with open("own.so", "wb") as file:
    file.write(b"\x7fELF")
print(subprocess.run(["id"], capture_output=True).stdout.decode())
