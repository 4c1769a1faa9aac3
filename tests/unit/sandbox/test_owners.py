"""Whose container it is, and when it is nobody's."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest

from sandbox.owners import Owner, is_orphan, labels

_ME = Owner.this_process()
_LABEL = "coderunner"
_NOW_S = 1_000_000.0


def _container(owner: Owner | str, state: str = "running", age_s: float = 0.0) -> dict[str, Any]:
    return {"Labels": {_LABEL: "sandbox", f"{_LABEL}.owner": str(owner)}, "State": state, "Created": _NOW_S - age_s}


def test_an_owner_can_be_read_back_from_its_label() -> None:
    """What is written on a container says who made it."""
    assert Owner.parse(labels(_LABEL, _ME, "worker")[f"{_LABEL}.owner"]) == _ME


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        (_container(_ME), False),
        (_container(replace(_ME, started=_ME.started - 1)), True),
        (_container(replace(_ME, pid=(1 << 22) + 1)), True),
        (_container(replace(_ME, machine="elsewhere", pid=1)), False),
        (_container(replace(_ME, machine="elsewhere"), "exited", age_s=5), False),
        (_container(replace(_ME, machine="elsewhere"), "exited", age_s=500), True),
        (_container("nonsense"), True),
    ],
    ids=["mine", "same pid, later process", "dead", "another machine's", "just ended", "ended long ago", "nobody's"],
)
def test_only_what_certainly_belongs_to_nobody_is_an_orphan(container: dict[str, Any], expected: bool) -> None:
    """Another machine's processes cannot be seen, so their running containers are left alone."""
    assert expected is is_orphan(container, _LABEL, _NOW_S)


def test_this_process_lives() -> None:
    """The owner of all containers made here."""
    assert (os.getpid(), False) == (_ME.pid, _ME.is_dead())
