r"""Opens the memory of the leader and of PID 1 for writing.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import os

found = []
for target in (1, os.getppid()):
    for name in ("mem", "oom_score_adj", "comm", "clear_refs", "coredump_filter", "timerslack_ns", "attr/current"):
        try:
            with open(f"/proc/{target}/{name}", "wb", buffering=0) as file:
                file.write(b"1")
            found.append((target, name))
        except OSError:
            pass
print(found or "refused")
