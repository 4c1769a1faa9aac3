"""The virtual environment and the pinned requirements in it."""

from __future__ import annotations

import subprocess
import sys

from scripts.setup import stamps
from scripts.setup.place import PYTHON, ROOT, VENV
from scripts.setup.shell import apt_install, run
from scripts.setup.step import NeedsHand

_REQUIREMENTS = ROOT / "requirements.txt"
_STAMP = VENV / "requirements.stamp"


def ensure() -> str:
    """Make ``.venv`` if there is none that works, and bring it to requirements.txt."""
    made = not _works()
    if made:
        _make()
    version = run([str(PYTHON), "-c", "import sys; print(sys.version)"])
    mark = stamps.fingerprint([_REQUIREMENTS], version)
    if not made and stamps.is_current(_STAMP, mark):
        return "there"
    run(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        + ["--requirement", str(_REQUIREMENTS)],
        timeout_s=1800,
        what="installing the Python packages",
    )
    stamps.write(_STAMP, mark)
    return "made, packages installed" if made else "packages brought up to date"


def _works() -> bool:
    """Whether there is an environment whose Python starts (a copied or moved one does not) and has pip."""
    if not PYTHON.exists():
        return False
    return subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False).returncode == 0


def _make() -> None:
    create = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    try:
        run(create)
    except NeedsHand:  # Debian and Ubuntu keep ensurepip in a package of its own
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        apt_install(package)
        run(create)
