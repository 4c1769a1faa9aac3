r"""Opens the doors from /proc to the kernel: memory image, log, keys, SysRq, interrupts.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

found = []
for path in ("/proc/kcore", "/proc/kmsg", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/proc/latency_stats"):
    try:
        with open(path, "rb") as file:
            if file.read(1):
                found.append(path)
    except OSError:
        pass
for path in ("/proc/sysrq-trigger", "/proc/irq/default_smp_affinity", "/proc/mtrr", "/proc/fs/nfsd/x", "/proc/sys/fs/x"):
    try:
        with open(path, "wb", buffering=0) as file:
            file.write(b"h")
        found.append(path)
    except OSError:
        pass
print(found or "refused")
