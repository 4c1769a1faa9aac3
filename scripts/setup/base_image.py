"""The image below the sandbox image: Python's own where a registry answers, else one made from Debian packages."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.setup import engine_api
from scripts.setup.place import setting
from scripts.setup.shell import apt_install, as_root, run
from scripts.setup.step import NeedsHand

PUBLIC = ("python", "3.11-slim")
LOCAL = ("python-base", "bookworm")  # the name that `python -m sandbox build` looks for too
_PULL_S = 40  # between two signs of life of a registry
_LEFT_OUT = ["./var/cache/apt", "./var/lib/apt/lists", "./usr/share/doc", "./usr/share/man", "./usr/share/locale"]
_BLOCK = 1 << 20


def name() -> str:
    """The base image that is there: what SANDBOX_BASE names, Python's own, or the one made here; empty when none is."""
    for candidate in (setting("SANDBOX_BASE", ""), ":".join(PUBLIC), ":".join(LOCAL)):
        if candidate and engine_api.image_id(candidate):
            return candidate
    return ""


def ensure() -> str:
    """Have a base image, from a registry or made from Debian's packages."""
    if name():
        return f"{name()} is there"
    try:
        engine_api.pull(*PUBLIC, timeout_s=_PULL_S)
    except NeedsHand:
        _make()
        return f"{':'.join(LOCAL)} made from Debian packages, no registry answers"
    return f"{':'.join(PUBLIC)} fetched"


def _make() -> None:
    if not _debootstrap():
        apt_install("debootstrap")
    with tempfile.TemporaryDirectory(prefix="coderunner-base-") as scratch:
        root = Path(scratch) / "root"
        try:
            # Its packages are checked with Debian's archive keys, so a mirror need not be trusted.
            run(
                as_root([_debootstrap(), "--variant=minbase", "--include=python3", LOCAL[1], str(root)]),
                what="making a base image from Debian packages",
            )
            engine_api.import_image(_archive(root), *LOCAL)
        finally:
            if root.exists():
                run(as_root(["rm", "-rf", "--one-file-system", str(root)]))


def _debootstrap() -> str:
    return shutil.which("debootstrap", path="/usr/sbin:/usr/bin:/sbin:/bin") or ""


def _archive(root: Path) -> Iterator[bytes]:
    """The root file system as a tar stream, block by block: it is larger than memory should hold."""
    leave_out = [f"--exclude={path}/*" for path in _LEFT_OUT]
    command = as_root(["tar", "--create", "--numeric-owner", "--directory", str(root), *leave_out, "."])
    with subprocess.Popen(command, stdout=subprocess.PIPE) as tar:
        while tar.stdout and (block := tar.stdout.read(_BLOCK)):
            yield block
    if tar.returncode != 0:
        raise NeedsHand(f"tar of the base image: exit code {tar.returncode}")
