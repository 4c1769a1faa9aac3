r"""Orders SIGKILLs for the leader that fall due while its killed processes let go of their files, large ones slowly.

By then the leader may bear this program's uid, to hand back its files, and a signal from here would be allowed.

[program]
collect = ["answer.txt"]

[expect]
outcome = "ok"
stdout = "ordered\n"
files = { "answer.txt" = "42" }
"""

import fcntl
import os
import signal
import time

F_SETSIG = 10
leader = os.getppid()
with open("answer.txt", "w") as file:
    file.write("42")
pipes = [os.pipe() for _ in range(24)]


def hide() -> None:
    for descriptor in (0, 1, 2, 127):
        os.close(descriptor)


if os.fork() == 0:
    hide()
    for reader, writer in pipes:
        os.close(writer)
        fcntl.fcntl(reader, fcntl.F_SETOWN, leader)
        fcntl.fcntl(reader, F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(reader, fcntl.F_SETFL, os.O_ASYNC)
    memory = bytearray(b"x") * 24_000_000
    while True:
        time.sleep(10)
for number, (reader, writer) in enumerate(pipes):
    if os.fork() == 0:
        hide()
        for other in pipes:
            os.close(other[0])
            if other is not pipes[number]:
                os.close(other[1])
        memory = bytearray(b"x") * (number * 100_000)
        while True:
            time.sleep(10)
for reader, writer in pipes:
    os.close(reader)
    os.close(writer)
time.sleep(0.5)
print("ordered", flush=True)
os._exit(0)
