"""Where things are: the checkout, the virtual environment, the data folder, and the few settings that set-up needs.

The application reads its settings with coderunner_core.settings, which needs the virtual environment that set-up makes;
so the names used here are read a second time, from the same environment and the same file ``.env``.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"


def setting(name: str, default: str) -> str:
    """The value of a setting: the environment first, then ``.env``, then ``default``."""
    return os.environ.get(name) or _from_file(ROOT / ".env").get(name) or default


def data_dir() -> Path:
    """The folder of everything that this installation keeps; made if missing."""
    path = (ROOT / setting("DATA_DIR", "data")).resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _from_file(path: Path) -> dict[str, str]:
    values: dict[str, str] = {}
    if not path.is_file():
        return values
    for line in path.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            values[name.strip().removeprefix("export ").strip().upper()] = value.strip().strip("'\"")
    return values
