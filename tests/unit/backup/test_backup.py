"""A backup is the installation at one moment, and whatever is wrong with one is said before anything is replaced."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coderunner_core import backup
from coderunner_core.backup.manifest import NAME
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import BadInput
from coderunner_core.services.learning import drafts
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs, verdicts
from tests.fakes import open_fake_core


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    """An embedded installation, on whatever the other tests run: ada has run a program and typed another."""
    async with open_fake_core(tmp_path / "data", database_url="") as opened:
        ada = await accounts.register(opened, "ada", "Ada", "correct horse", ip="10.0.0.1")
        run = await runs.submit(ada, opened, "countdown", RunKind.SUBMIT, "print(1)", "")
        await verdicts.finish(opened, run.id, Verdict(Outcome.ACCEPTED, score=100, stdout="1\n"))
        await drafts.save(ada, opened, "countdown", "print(2)")
        long_output = tmp_path / "data" / "objects" / "outputs" / "ab" / "long.stdout"
        long_output.parent.mkdir(parents=True)
        long_output.write_bytes(b"x" * 300_000)
        yield opened


@pytest.fixture
def file(core: Core, tmp_path: Path) -> Path:
    """Its backup."""
    backup.save(core.settings, tmp_path / "school.tar.gz")
    return tmp_path / "school.tar.gz"


def rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in every table."""
    with sqlite3.connect(database) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(opened.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def test_every_row_and_every_object_comes_back(core: Core, file: Path, tmp_path: Path) -> None:
    """Into a folder that was not there."""
    backup.restore(file, tmp_path / "restored")
    assert rows(tmp_path / "restored" / "coderunner.db") == rows(tmp_path / "data" / "coderunner.db")
    assert (tmp_path / "restored" / "objects" / "outputs" / "ab" / "long.stdout").read_bytes() == b"x" * 300_000


def test_the_key_of_sessions_stays_behind_unless_it_is_asked_for(core: Core, file: Path, tmp_path: Path) -> None:
    """Whoever finds a backup must not be able to sign in as anybody."""
    backup.save(core.settings, tmp_path / "all.tar.gz", with_secret=True)
    for name in ("school", "all"):
        backup.restore(tmp_path / f"{name}.tar.gz", tmp_path / name)
    assert not (tmp_path / "school" / "jwt-secret").exists()
    assert (tmp_path / "all" / "jwt-secret").read_text() == core.settings.jwt_secret.get_secret_value()


def test_only_its_owner_may_read_it(file: Path, tmp_path: Path) -> None:
    """Neither the file nor what is made of it."""
    backup.restore(file, tmp_path / "restored")
    made = [file, tmp_path / "restored", tmp_path / "restored" / "coderunner.db"]
    assert [oct(path.stat().st_mode & 0o777) for path in made] == ["0o600", "0o700", "0o600"]


def test_a_backup_replaces_nothing(core: Core, file: Path) -> None:
    """Yesterday's stays."""
    before = file.read_bytes()
    with pytest.raises(BadInput, match="exists"):
        backup.save(core.settings, file)
    assert file.read_bytes() == before


def test_a_restore_replaces_nothing(file: Path, tmp_path: Path) -> None:
    """One typing error must not cost a school."""
    with pytest.raises(BadInput, match="not empty"):
        backup.restore(file, tmp_path / "data")


def test_what_goes_wrong_leaves_no_trace(core: Core, tmp_path: Path) -> None:
    """Neither half a backup nor half an installation."""
    before = sorted(path.name for path in tmp_path.iterdir())
    nowhere = core.settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'nothing.db'}"})
    with pytest.raises(BadInput, match="no database"):
        backup.save(nowhere, tmp_path / "x.tar.gz")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_server_s_database_is_backed_up_by_its_own_tools(core: Core, tmp_path: Path) -> None:
    """The message names them."""
    managed = core.settings.model_copy(update={"database_url": "postgresql://db/school"})
    with pytest.raises(BadInput, match="pg_dump"):
        backup.save(managed, tmp_path / "x.tar.gz")


def test_a_backup_that_was_cut_off_is_refused(file: Path, tmp_path: Path) -> None:
    """At every length, in words."""
    whole = file.read_bytes()
    for part in (0, 100, len(whole) // 2, len(whole) - 20):
        file.write_bytes(whole[:part])
        with pytest.raises(BadInput):
            backup.restore(file, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


def rewritten(file: Path, changes: dict[str, bytes | None], extra: list[tarfile.TarInfo] | None = None) -> None:
    """The archive with other contents (None: left out) and with members that a backup does not have."""
    with tarfile.open(file) as archive:
        members = {m.name: archive.extractfile(m).read() for m in archive.getmembers()}  # type: ignore[union-attr]
    with tarfile.open(file, "w:gz") as archive:
        for name, content in {**members, **changes}.items():
            if content is not None:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        for info in extra or []:
            archive.addfile(info)


@pytest.mark.parametrize(
    "changes",
    [{"coderunner.db": b"SQLite format 3\0 but not really"}, {"coderunner.db": None}, {NAME: None}, {NAME: b"{}"}],
)
def test_a_backup_that_was_changed_is_refused(file: Path, tmp_path: Path, changes: dict[str, bytes | None]) -> None:
    """Every file has its checksum in the list of contents."""
    rewritten(file, changes)
    with pytest.raises(BadInput):
        backup.restore(file, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize(
    "name", ["../evil", "/tmp/evil", "objects/../../evil", "objects/.hidden/x", "coderunner.db-wal"]
)
def test_an_archive_does_not_say_where_files_go(file: Path, tmp_path: Path, name: str) -> None:
    """Names that no backup has are refused, also with a list of contents that knows them."""
    rewritten(file, {name: b"evil"})
    with pytest.raises(BadInput, match="not a backup"):
        backup.restore(file, tmp_path / "restored")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
def test_an_archive_has_plain_files_only(file: Path, tmp_path: Path, kind: bytes) -> None:
    """No link leads anywhere."""
    link = tarfile.TarInfo("objects/x")
    link.type, link.linkname = kind, "/etc/passwd"
    rewritten(file, {}, [link])
    with pytest.raises(BadInput, match="not a plain file"):
        backup.restore(file, tmp_path / "restored")


def test_a_backup_of_another_format_is_named(file: Path, tmp_path: Path) -> None:
    """An older release says that it is too old."""
    with tarfile.open(file) as archive:
        manifest = json.load(archive.extractfile(NAME))  # type: ignore[arg-type]
    rewritten(file, {NAME: json.dumps({**manifest, "format": 2}).encode()})
    with pytest.raises(BadInput, match="format 2"):
        backup.restore(file, tmp_path / "restored")
