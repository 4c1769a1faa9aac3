"""What was built is built again only when something that it is made of has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.setup import stamps


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one file and what nobody wants to see in a fingerprint."""
    folder = tmp_path / "pages"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "index.py").write_text("one")
    (folder / "__pycache__" / "index.pyc").write_bytes(b"1")
    return folder


def test_the_same_content_has_the_same_fingerprint_anywhere(source: Path, tmp_path: Path) -> None:
    """A fresh clone elsewhere is made of the same."""
    copy = tmp_path / "elsewhere" / "pages"
    copy.mkdir(parents=True)
    (copy / "index.py").write_text("one")
    assert stamps.fingerprint([copy], "x") == stamps.fingerprint([source], "x")


def test_every_kind_of_change_is_seen(source: Path) -> None:
    """Content, name, a new file, a missing one and the words beside the files."""
    seen = {stamps.fingerprint([source], "x"), stamps.fingerprint([source], "y")}
    (source / "index.py").write_text("two")
    seen.add(stamps.fingerprint([source], "x"))
    (source / "index.py").rename(source / "home.py")
    seen.add(stamps.fingerprint([source], "x"))
    (source / "new.py").write_text("")
    seen.add(stamps.fingerprint([source], "x"))
    seen.add(stamps.fingerprint([source, source / "missing"], "x"))
    assert len(seen) == 6


def test_a_stamp_holds_for_its_mark_only(tmp_path: Path) -> None:
    """No stamp, or one of another content, means: make it."""
    stamp = tmp_path / "stamps" / "pages"
    assert not stamps.is_current(stamp, "a")
    stamps.write(stamp, "a")
    assert stamps.is_current(stamp, "a")
    assert not stamps.is_current(stamp, "b")
