"""The Redis server program; scripts/run starts it, on a port of its own."""

from __future__ import annotations

import shutil

from scripts.setup.shell import apt_install


def ensure() -> str:
    """Install Debian's redis-server if there is none on the PATH."""
    if shutil.which("redis-server"):
        return "there"
    apt_install("redis-server")
    return "installed"
