r"""Writes to what /sys shows of the host's devices.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for base in ("/sys/kernel", "/sys/power", "/sys/firmware", "/sys/class", "/sys/module"):
    for folder, folders, names in os.walk(base):
        if folder.count("/") > 4:
            folders[:] = []
        for name in names:
            try:
                os.close(os.open(f"{folder}/{name}", os.O_WRONLY))
                found.append(f"{folder}/{name}")
            except OSError:
                pass
print(found or "refused")
