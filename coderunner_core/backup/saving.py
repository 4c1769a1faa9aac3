"""Makes a backup of the embedded set-up while web and workers go on."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import secrets
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from coderunner_core import database_url
from coderunner_core.backup.manifest import DATABASE, NAME, OBJECTS, SECRET, Entry, Manifest
from coderunner_core.curriculum import load as load_curriculum
from coderunner_core.errors import BadInput, BadProblem
from coderunner_core.models import utc_now
from coderunner_core.settings import Settings

_PRIVATE = 0o600  # it holds password hashes and what students wrote


def save(settings: Settings, target: Path, *, with_secret: bool = False) -> Manifest:
    """Write a backup to ``target``: all of it, or nothing. ``with_secret``: whoever is signed in stays signed in.

    Raises BadInput when the database is not a file of this installation, or when ``target`` exists.
    """
    address = database_url.read(settings.database)
    if not address.is_sqlite:
        raise BadInput("The database is a PostgreSQL server: back it up with pg_dump, see docs/STORES.md.")
    if target.exists():
        raise BadInput(f"{target} exists; a backup replaces nothing.")
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}.")
    source = Path(str(address.url.database))
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as scratch:
            copy = Path(scratch) / DATABASE
            schema = _snapshot(source, copy)
            manifest = _write(settings, partial, copy, schema, with_secret)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _snapshot(source: Path, copy: Path) -> str:
    """The database as it is at one moment; the revision of its schema.

    In one step: a backup in several begins anew whenever somebody writes in between. With a write-ahead log, nobody
    waits for a reader, however long it reads.
    """
    if not source.is_file():
        raise BadInput(f"There is no database at {source}.")
    reading = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=60)
    with contextlib.closing(reading), contextlib.closing(sqlite3.connect(copy)) as writing:
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        (said,) = writing.execute("PRAGMA quick_check").fetchone()
        if said != "ok":
            raise BadInput(f"The database is damaged: {said}")
        try:
            (schema,) = writing.execute("SELECT version_num FROM alembic_version").fetchone()
        except (sqlite3.Error, TypeError) as error:
            raise BadInput(f"{source} has no schema yet: python -m coderunner_core db upgrade") from error
    return str(schema)


def _write(settings: Settings, target: Path, copy: Path, schema: str, with_secret: bool) -> Manifest:
    files: list[Entry] = []
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(descriptor, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
            with copy.open("rb") as database:
                files.append(_add(archive, DATABASE, database))
            # After the database: an object that no row knows is no harm, a row without its object is.
            for name, content in _objects(settings):
                with content:
                    files.append(_add(archive, name, content))
            if with_secret:
                files.append(_add(archive, SECRET, io.BytesIO(settings.jwt_secret.get_secret_value().encode())))
            manifest = Manifest(
                utc_now().isoformat(), schema, curriculum_version(settings.curriculum_dir), files, _missing(settings)
            )
            _add(archive, NAME, io.BytesIO(manifest.to_json()))
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> Entry:
    hashing = _Hashing(content)
    info = tarfile.TarInfo(name)
    info.size, info.mode = content.seek(0, io.SEEK_END), _PRIVATE
    content.seek(0)
    archive.addfile(info, hashing)
    return Entry(name, info.size, hashing.digest.hexdigest())


class _Hashing:
    """Reads on behalf of tarfile and keeps the checksum of what it read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        found = self._content.read(size)
        self.digest.update(found)
        return found


def _objects(settings: Settings) -> Iterator[tuple[str, IO[bytes]]]:
    """Each object of the directory; what expires while we look is not there any more."""
    if settings.object_store_url:
        return
    folder = settings.data_dir / OBJECTS
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "#" not in path.name:  # a name with # is still being written
            with contextlib.suppress(FileNotFoundError):
                yield f"{OBJECTS}/{path.relative_to(folder).as_posix()}", path.open("rb")


def _missing(settings: Settings) -> list[str]:
    found = []
    if settings.result_store == "mongodb":
        found.append("the bodies of results, which are in MongoDB")
    if settings.object_store_url:
        found.append("long output, which is in the object store")
    return found


def curriculum_version(folder: Path) -> str:
    """A short mark of the problems in a folder; empty when they cannot be read."""
    try:
        problems = load_curriculum(folder).problems
    except BadProblem:
        return ""
    versions = "\n".join(sorted(f"{problem.id} {problem.version}" for problem in problems))
    return hashlib.sha256(versions.encode()).hexdigest()[:16]
