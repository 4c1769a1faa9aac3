r"""Raises every resource limit above what it was given.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

import resource

found = []
for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        continue
    for wanted in (resource.RLIM_INFINITY, hard + 1):
        try:
            resource.setrlimit(kind, (wanted, wanted))
            found.append(name)
        except (OSError, ValueError):
            pass
print(found or "refused")
