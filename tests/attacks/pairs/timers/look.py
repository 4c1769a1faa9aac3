"""Looks for timers and waits for a signal from one."""

import signal
import time

found = [timer for timer in range(3) if signal.getitimer(timer) != (0.0, 0.0)]
for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF):
    signal.signal(number, lambda number, frame: found.append(number))
time.sleep(0.5)
print(found or "nothing")
