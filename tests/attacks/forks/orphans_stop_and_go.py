r"""Has orphans stop and go on, time and again, so that whoever waits for them wakes up for nothing.

[expect]
outcome = "ok"
stdout = "done\n"
"""

import os
import signal
import time

tell, told = os.pipe()
for _ in range(5):
    child = os.fork()
    if child == 0:
        orphan = os.fork()
        if orphan == 0:
            os.write(told, b"%09d\n" % os.getpid())
            while True:
                os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    os.waitpid(child, 0)
orphans = [int(os.read(tell, 10)) for _ in range(5)]
for _ in range(300):
    for orphan in orphans:
        os.kill(orphan, signal.SIGCONT)
    time.sleep(0.0005)
print("done")
