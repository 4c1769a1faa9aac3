"""Loads a pickle of a few hundred bytes whose lists double thirty times when they are copied.

[limits]
cpu_ms = 8000
wall_ms = 20000

[expect]
outcome = "memory_limit"
"""

import pickle

laughs = ["ha"] * 10
for _ in range(10):
    laughs = [laughs] * 10


def unfold(joke):
    return [unfold(part) for part in joke] if isinstance(joke, list) else bytearray(256)


print(len(unfold(pickle.loads(pickle.dumps(laughs)))))
