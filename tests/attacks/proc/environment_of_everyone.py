r"""Reads the environment of every process that it can see, its own included, for anything that is secret.

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import glob
import os

found = []
for path in [*glob.glob("/proc/[0-9]*/environ"), "/proc/self/environ"]:
    try:
        with open(path, "rb") as file:
            text = file.read().upper()
    except OSError:
        continue
    found += [word for word in (b"SECRET", b"PASSWORD", b"TOKEN", b"REDIS", b"DATABASE", b"DOCKER_HOST") if word in text]
found += [name for name in os.environ if name.startswith(("SANDBOX_", "WORKER_"))]
print(found or "nothing")
