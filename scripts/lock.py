"""Makes requirements.txt from requirements.in: a fresh environment, everything that pip chooses, pinned."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from scripts.setup.place import ROOT
from scripts.setup.shell import run

_HEADER = "# Every package, pinned: made by `make lock` from requirements.in. Do not edit by hand.\n"
# What pip leaves out on the Python that made the lock, and needs on another one.
_ELSEWHERE = 'async-timeout==5.0.1 ; python_full_version < "3.11.3"\n'


def main() -> None:
    """Install the direct requirements into an environment of their own and write down what came."""
    with tempfile.TemporaryDirectory(prefix="coderunner-lock-") as folder:
        run([sys.executable, "-m", "venv", folder])
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        run([*pip, "install", "--quiet", "--requirement", str(ROOT / "requirements.in")], timeout_s=1800)
        frozen = run([*pip, "freeze"])
    (ROOT / "requirements.txt").write_text(_HEADER + frozen + _ELSEWHERE)


if __name__ == "__main__":
    main()
