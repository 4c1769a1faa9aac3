"""A released step stays as it was, to the letter: databases have been through it and will not go through it again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from coderunner_core import migrations

VERSIONS = Path(migrations.__file__).parent / "versions"
# At a release, its step is added here (sha256sum coderunner_core/migrations/versions/*.py) and its data beside it, see
# tests/unit/migrations/save_release.py. Whoever wants to change one of these files writes another step instead.
RELEASED = {
    "0001_first_tables.py": "9b4152649b7a5c841dde441de2e9f855db9a994f5d2065e93dcc98ce3864dedb",
    "0002_classes.py": "f695d70b57ca763397a91f90e7e5a280ec37672b498d85a45e755c3727d45875",
}


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_step_is_never_edited(name: str) -> None:
    """What it did to the databases out there is what its file says."""
    assert hashlib.sha256((VERSIONS / name).read_bytes()).hexdigest() == RELEASED[name]


def test_all_steps_but_the_newest_are_released() -> None:
    """One step a release: a further one is begun when the one before it has been released and stands above."""
    steps = sorted(path.name for path in VERSIONS.glob("[0-9]*.py"))
    assert set(steps) - set(RELEASED) <= {steps[-1]}
