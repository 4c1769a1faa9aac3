"""Leaves a file in every directory of the container that lets it, hidden ones and closed directories among them.

[expect]
container = "same"
"""

import os

for folder, folders, _ in os.walk("/"):
    if folder in ("/proc", "/sys"):
        folders[:] = []
        continue
    for name in ("left-behind", ".left-behind", "left\nbehind"):
        try:
            with open(f"{folder}/{name}", "w") as file:
                file.write("left behind")
        except OSError:
            break
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "."):
    try:
        os.makedirs(f"{folder}/left-behind-dir/inner", 0o700)
        os.chmod(f"{folder}/left-behind-dir", 0)
    except OSError:
        pass
