r"""Looks for kernel addresses in /proc/kallsyms and /proc/modules.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

found = []
for path, column in (("/proc/kallsyms", 0), ("/proc/modules", 5)):
    try:
        with open(path) as file:
            if any(int(line.split()[column], 16) for line in file if len(line.split()) > column):
                found.append(path)
    except OSError:
        pass
print(found or "refused")
