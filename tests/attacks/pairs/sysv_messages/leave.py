"""Leaves a System V message queue with a message in it.

[expect]
container = "same"
"""

import ctypes


class Message(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_long), ("text", ctypes.c_char * 16)]


libc = ctypes.CDLL(None, use_errno=True)
queue = libc.msgget(0x5EED, 0o1666)
libc.msgsnd(queue, ctypes.byref(Message(1, b"left behind")), 16, 0o4000)
