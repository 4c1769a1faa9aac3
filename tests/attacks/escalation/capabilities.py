r"""Gives itself capabilities: effective, inheritable, ambient.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
found = []
for bits in ((0xFFFFFFFF,) * 6, (1 << 21, 1 << 21, 1 << 21, 0, 0, 0), (0, 0, 1, 0, 0, 0)):
    if libc.capset(header, (ctypes.c_uint32 * 6)(*bits)) == 0:
        found.append(bits)
for capability in range(41):
    if libc.prctl(47, 2, capability, 0, 0) == 0:  # PR_CAP_AMBIENT_RAISE
        found.append(capability)
with open("/proc/self/status") as status:
    for line in status:
        name, _, value = line.partition(":")
        if name in ("CapInh", "CapPrm", "CapEff", "CapAmb") and int(value, 16):
            found.append(line)
print(found or "refused")
