"""The schema as processes meet it: several that upgrade at once, and starts against one that does not fit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases

WITHIN_S = 120


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation whose database is empty."""
    return {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": databases.full_url_for(tmp_path, empty=True),
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }


def start(environment: dict[str, str], *module: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_processes_that_upgrade_at_once_take_turns(environment: dict[str, str]) -> None:
    """Two machines are deployed in the same moment; each finds the schema up to date in the end."""
    started = [start(environment, "coderunner_core", "db", "upgrade") for _ in range(3)]
    said = [process.communicate(timeout=WITHIN_S)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    check = start(environment, "coderunner_core", "db", "check")
    check.communicate(timeout=WITHIN_S)
    assert check.returncode == 0


@pytest.mark.parametrize("module", [("worker", "start"), ("coderunner_app",)])
def test_a_start_against_an_old_schema_says_so_and_stops(environment: dict[str, str], module: tuple[str, ...]) -> None:
    """With the command that helps."""
    process = start(environment, *module)
    said = process.communicate(timeout=WITHIN_S)[0]
    assert (process.returncode, "python -m coderunner_core db upgrade" in said) == (1, True), said
