"""promtool, which checks the alert rules in tests: taken out of Debian's package, without installing a service."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.setup.place import BUILD
from scripts.setup.shell import as_root, run
from scripts.setup.step import NeedsHand

_FOLDER = BUILD / "prometheus"
_OWN = _FOLDER / "usr" / "bin" / "promtool"


def ensure() -> str:
    """Have one, the machine's own or ours."""
    if executable():
        return "there"
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise NeedsHand("promtool is not installed; it comes with Prometheus: https://prometheus.io/download/")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    download = ["env", "-C", str(_FOLDER), "apt-get", "download", "-q", "prometheus"]
    try:
        run(download)
    except NeedsHand:
        run(as_root(["apt-get", "update", "-q"]), timeout_s=300)
        run(download, what="getting Debian's package prometheus")
    package = max(_FOLDER.glob("prometheus_*.deb"), key=lambda file: file.stat().st_mtime)
    run(["dpkg-deb", "-x", str(package), str(_FOLDER)])
    package.unlink()
    return "taken out of Debian's package"


def executable() -> str:
    """The path of the machine's promtool, else of ours; empty when there is none."""
    return shutil.which("promtool") or (str(_OWN) if Path(_OWN).is_file() else "")
