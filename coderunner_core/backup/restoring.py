"""Makes a data folder of a backup: checked file by file first, and put in its place as a whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import sqlite3
import tarfile
from pathlib import Path

from coderunner_core.backup.manifest import DATABASE, NAME, Entry, Manifest, require_allowed
from coderunner_core.errors import BadInput

_PIECE_BYTES = 1024 * 1024
_MANIFEST_LIMIT_BYTES = 256 * 1024 * 1024


def restore(source: Path, into: Path) -> Manifest:
    """Unpack a backup into a folder that is empty or not there. Raises BadInput, and then leaves no trace."""
    if not source.is_file():
        raise BadInput(f"There is no file {source}.")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BadInput(f"{into} is not empty; a restore replaces nothing. Name a new folder.")
    into.absolute().parent.mkdir(parents=True, exist_ok=True)
    partial = into.absolute().with_name(f".{into.name}.{secrets.token_hex(4)}")
    partial.mkdir(mode=0o700)
    try:
        manifest = _unpack(source, partial)
        _require_sound(partial / DATABASE)
        if into.exists():
            into.rmdir()
        partial.rename(into)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return manifest


def _unpack(source: Path, folder: Path) -> Manifest:
    """Write the files, by names of ours and never by what the archive says of owners, modes or links."""
    manifest: Manifest | None = None
    found: dict[str, Entry] = {}
    try:
        with tarfile.open(source, mode="r|*") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is None:
                    raise BadInput(f"This is not a backup of Code Runner: {member.name[:80]!r} is not a plain file.")
                if member.name == NAME:
                    manifest = Manifest.from_json(content.read(_MANIFEST_LIMIT_BYTES))
                    continue
                require_allowed(member.name)
                found[member.name] = _copy(member.name, content, folder / member.name)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BadInput(f"{source} cannot be read to its end: {error}") from error
    if manifest is None:
        raise BadInput(f"{source} was cut off, or is not a backup: it has no list of contents.")
    expected = {entry.name: entry for entry in manifest.files}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise BadInput(f"{source} is damaged: {name} is not what was saved.")
    return manifest


def _copy(name: str, content: object, target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size_bytes = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(_PIECE_BYTES):  # type: ignore[attr-defined]
            file.write(piece)
            digest.update(piece)
            size_bytes += len(piece)
    return Entry(name, size_bytes, digest.hexdigest())


def _require_sound(database: Path) -> None:
    if not database.is_file():
        raise BadInput("There is no database in this backup.")
    with contextlib.closing(sqlite3.connect(database)) as opened:
        try:
            (said,) = opened.execute("PRAGMA quick_check").fetchone()
        except sqlite3.DatabaseError as error:
            said = str(error)
    if said != "ok":
        raise BadInput(f"The database in this backup is damaged: {said}")
