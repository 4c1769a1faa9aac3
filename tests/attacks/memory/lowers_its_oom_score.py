r"""Declares itself the last to be killed before it takes all the memory.

[limits]
cpu_ms = 5000
wall_ms = 15000

[expect]
outcome = "memory_limit"
stdout = "refused\n"
"""

try:
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write("-1000")
    print("got in", flush=True)
except OSError:
    print("refused", flush=True)
hoard = []
while True:
    hoard.append(bytearray(1_000_000))
