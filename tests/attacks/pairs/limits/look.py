"""Looks whether it can do what a program may: files, processes, threads, memory, output."""

import os
import resource
import threading

found = []
for name, least in (("NOFILE", 32), ("NPROC", 16), ("STACK", 1 << 20), ("AS", 1 << 26), ("FSIZE", 1 << 20), ("CPU", 1)):
    soft, hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))
    if resource.RLIM_INFINITY not in (soft, hard) and soft < least:
        found.append((name, soft, hard))
try:
    hoard = [open("/dev/null") for _ in range(20)]
    with open("file", "wb") as file:
        file.write(b"x" * 500_000)
    for _ in range(10):
        if os.fork() == 0:
            os._exit(0)
        os.wait()
    thread = threading.Thread(target=bytearray, args=(10_000_000,))
    thread.start()
    thread.join()
except (OSError, RuntimeError, MemoryError) as error:
    found.append(str(error))
print(found or "nothing")
