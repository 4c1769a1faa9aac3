r"""Looks on the whole file system for tests, answers and other students' programs.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import os

telling = ("problem.yaml", "solution.py", "expected", "answers", "submission", ".env", "id_rsa", "docker.sock")
found = []
for folder, folders, names in os.walk("/"):
    if folder == "/":
        folders[:] = [name for name in folders if name not in ("proc", "sys", "usr", "lib", "lib64", "bin", "sbin")]
    found += [f"{folder}/{name}" for name in names if name in telling or name.startswith("solution")]
print(found or "nothing")
