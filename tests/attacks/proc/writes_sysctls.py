r"""Changes every kernel setting that it can open.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for folder, _, names in os.walk("/proc/sys"):
    for name in names:
        try:
            os.close(os.open(f"{folder}/{name}", os.O_WRONLY))
            found.append(f"{folder}/{name}")
        except OSError:
            pass
print(found or "refused")
