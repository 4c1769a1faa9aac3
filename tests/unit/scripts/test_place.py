"""The settings that set-up needs before the application can read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.setup import place


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a file ``.env``, and an environment without the names that it uses."""
    (tmp_path / ".env").write_text(
        "# DATA_DIR=not-this\nDATA_DIR = 'kept here'\nexport DOCKER_HOST=\"tcp://engine:2375\"\n"
    )
    monkeypatch.setattr(place, "ROOT", tmp_path)
    for name in ("DATA_DIR", "DOCKER_HOST", "SANDBOX_IMAGE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_file_is_read_as_the_application_reads_it(root: Path) -> None:
    """Comments, quotes and ``export`` as in .env files everywhere."""
    assert place.setting("DOCKER_HOST", "") == "tcp://engine:2375"
    assert place.setting("SANDBOX_IMAGE", "default") == "default"
    assert place.data_dir() == root / "kept here"


def test_the_environment_wins_over_the_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``DATA_DIR=… make run`` is meant for this one start."""
    monkeypatch.setenv("DATA_DIR", str(root / "other"))
    assert place.data_dir() == root / "other"
