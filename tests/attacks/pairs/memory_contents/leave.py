"""Leaves a phrase everywhere in its memory: heap, stack, environment, arguments, mappings, pipes, the C library.

[expect]
container = "same"
"""

import ctypes
import mmap
import os
import sys

phrase = "the-password-of-ada-is-swordfish;"
hoard = [phrase + str(number) for number in range(20_000)]
os.environ["LEFT"] = phrase * 20
sys.argv.append(phrase)
area = mmap.mmap(-1, 1 << 20)
area.write(phrase.encode() * 1000)
setattr(sys, "left", phrase)
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
for _ in range(100):
    ctypes.memmove(libc.malloc(4096), phrase.encode() * 20, 600)
sys.intern(phrase)
