r"""Opens every device node for writing, but those that are harmless by design.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os
import stat

harmless = {"null", "zero", "full", "random", "urandom", "tty", "ptmx"}
found = []
for folder, _, names in os.walk("/dev"):
    for name in set(names) - harmless:
        path = f"{folder}/{name}"
        try:
            if not stat.S_ISLNK(os.lstat(path).st_mode):
                os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
                found.append(path)
        except OSError:
            pass
print(found or "refused")
