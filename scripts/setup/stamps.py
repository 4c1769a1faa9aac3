"""Remembers what a step was made from, by content, so that it is made again only when that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

_IGNORED = {"__pycache__", "node_modules", ".mypy_cache"}


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """A hash over the contents of files and folders, in a fixed order, and over ``words``; missing ones count too."""
    digest = hashlib.sha256(repr(words).encode())
    for root in paths:
        files = sorted(_files(root)) if root.is_dir() else [root]
        for file in files:
            digest.update(f"\0{root.name}/{file.relative_to(root)}\0".encode())
            digest.update(file.read_bytes() if file.is_file() else b"(missing)")
    return digest.hexdigest()


def is_current(stamp: Path, mark: str) -> bool:
    """Whether ``stamp`` was written for exactly this ``mark``."""
    return stamp.is_file() and stamp.read_text().strip() == mark


def write(stamp: Path, mark: str) -> None:
    """Remember ``mark``; called last, so that an interrupted step is done again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark + "\n")


def _files(folder: Path) -> Iterable[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not _IGNORED.intersection(path.relative_to(folder).parts):
            yield path
