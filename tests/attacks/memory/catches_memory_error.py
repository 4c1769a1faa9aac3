"""Grows for ever and treats MemoryError as a request to try again.

Where an allocation fails instead of killing, it spins until its time is over: then that is the truth.

[limits]
cpu_ms = 1000
wall_ms = 5000

[expect]
outcome = ["memory_limit", "time_limit"]
"""

hoard = []
while True:
    try:
        hoard.append(bytearray(1_000_000))
    except MemoryError:
        continue
