"""Leaves a set of System V semaphores whose values say something.

[expect]
container = "same"
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
semaphores = libc.semget(0x5EED, 4, 0o1666)
for number in range(4):
    libc.semctl(semaphores, number, 16, 42 + number)
