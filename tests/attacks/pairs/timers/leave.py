"""Leaves timers of every kind running: alarm, interval timers, POSIX timers, a timerfd in a child.

[expect]
container = "same"
"""

import ctypes
import os
import signal
import time

libc = ctypes.CDLL(None, use_errno=True)
for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF):
    signal.signal(number, signal.SIG_IGN)
signal.setitimer(signal.ITIMER_REAL, 0.3, 0.01)
signal.setitimer(signal.ITIMER_VIRTUAL, 0.3, 0.01)
signal.setitimer(signal.ITIMER_PROF, 0.3, 0.01)
timer = ctypes.c_void_p()
libc.timer_create(0, None, ctypes.byref(timer))
libc.timer_settime(timer, 0, (ctypes.c_long * 4)(0, 10_000_000, 0, 300_000_000), None)
if os.fork() == 0:
    time.sleep(10_000)
