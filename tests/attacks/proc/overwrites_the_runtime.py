r"""Overwrites the executable behind PID 1 and behind itself (CVE-2019-5736).

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for path in ("/proc/1/exe", "/proc/self/exe", f"/proc/{os.getppid()}/exe", "/usr/bin/python3", "/sbin/docker-init"):
    try:
        os.close(os.open(path, os.O_WRONLY))
        found.append(path)
    except OSError:
        pass
print(found or "refused")
