r"""Makes device nodes for the host's memory and first disk.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os
import stat

made = []
for name, kind, major, minor in [("mem", stat.S_IFCHR, 1, 1), ("disk", stat.S_IFBLK, 8, 0), ("vda", stat.S_IFBLK, 254, 0)]:
    try:
        os.mknod(name, kind | 0o666, os.makedev(major, minor))
        made.append(name)
    except OSError:
        pass
print(made or "refused")
