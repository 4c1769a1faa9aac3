"""A Chromium for the end-to-end tests: the machine's, Debian's, or the one that Playwright brings where it can."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scripts.setup.place import PYTHON
from scripts.setup.shell import apt_install, run
from scripts.setup.step import NeedsHand

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def ensure() -> str:
    """Have a browser that Playwright can drive."""
    if found := executable():
        return f"{found} is there"
    if _is_debian():
        apt_install("chromium")
        return "installed"
    try:  # Ubuntu's chromium package is a snap, which needs a service manager
        run(
            [str(PYTHON), "-m", "playwright", "install", "--with-deps", "chromium"],
            what="installing Playwright's Chromium",
        )
    except NeedsHand as error:
        raise NeedsHand(error.what, "install Chromium or Google Chrome from your system", error.details) from error
    return "Playwright's own installed"


def executable() -> str:
    """The path of the machine's Chromium, else of Playwright's; empty when there is none."""
    for name in _NAMES:
        if (found := shutil.which(name)) and "snap" not in str(Path(found).resolve()):
            return found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    own = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return str(own[-1]) if own else ""


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "\nID=debian" in "\n" + release.read_text()
