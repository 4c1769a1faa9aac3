r"""Looks among the loaded modules for parts of the platform that have no business in a container.

[expect]
outcome = "ok"
stdout = "nothing\n"
"""

import sys

strangers = ("coderunner", "worker", "docker", "redis", "rq", "sqlmodel", "reflex", "coderunner_core")
print([name for name in sys.modules if name.split(".")[0] in strangers] or "nothing")
