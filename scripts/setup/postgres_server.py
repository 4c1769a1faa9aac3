"""The PostgreSQL server programs, for the tests that run against it; tests start servers of their own from them."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.setup.shell import apt_install, as_root, run

_DEBIAN = Path("/usr/lib/postgresql")
_NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/coderunner.conf")


def ensure() -> str:
    """Install Debian's server if there is none, without the database that Debian would make and start beside it."""
    if found := binaries():
        return f"{found} is there"
    apt_install("postgresql-common")
    run(as_root(["sh", "-c", f"mkdir -p {_NO_CLUSTER.parent} && echo create_main_cluster=false > {_NO_CLUSTER}"]))
    try:
        apt_install("postgresql")
    finally:
        run(as_root(["rm", "-f", str(_NO_CLUSTER)]))
    return f"{binaries()} installed"


def binaries() -> Path | None:
    """The folder of initdb and postgres: the newest that Debian has installed, else where the PATH leads."""
    folders = [path for path in _DEBIAN.glob("*/bin") if (path / "initdb").is_file() and (path / "postgres").is_file()]
    if folders:
        return max(folders, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None
