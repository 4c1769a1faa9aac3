r"""Floods every descriptor but stdout and stderr for ever, the channel for values among them.

[limits]
cpu_ms = 400
wall_ms = 1500

[expect]
outcome = ["time_limit", "output_limit"]
stdout = "kept\n"
"""

import os

print("kept", flush=True)
block = b"x" * 65536
while True:
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, block)
        except OSError:
            pass
