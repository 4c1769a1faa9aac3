"""Makes its pipes hold a megabyte, fills stdout in one go and is gone: all of it must have been taken.

[limits]
output_bytes = 1000000

[expect]
outcome = "ok"
stdout_bytes = 900000
"""

import fcntl
import os

F_SETPIPE_SZ = 1031
for descriptor in (1, 2, 127):
    try:
        fcntl.fcntl(descriptor, F_SETPIPE_SZ, 1 << 20)
    except OSError:
        pass
left = memoryview(b"x" * 900_000)
while left:
    left = left[os.write(1, left) :]
os._exit(0)
