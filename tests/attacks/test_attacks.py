"""Every attack program in a real sandbox: it ends with the right word, and the next program notices nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.attacks.attack import HERE, complaints, load, runs_here
from tests.attacks.containers import Containers
from tests.attacks.next_run import Facts, look_around

ATTACKS = sorted(HERE.glob("*/*.py"))
_RESTING_PROCESSES = 3  # PID 1, the next start's leader and the next program, which waits to be told what to run


def test_there_are_at_least_a_hundred_attacks() -> None:
    """The number that was promised."""
    assert len(ATTACKS) >= 100


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_attack_ends_as_it_should_and_leaves_nothing(
    path: Path, sandbox: Sandbox, untouched: Facts, containers: Containers
) -> None:
    """Its own expectations; then a clean next run, one container, and no process in it but the resting ones."""
    attack = load(path)
    if not runs_here(attack):
        pytest.skip(f"its system call numbers are {attack.only_on}'s")
    result = sandbox.run(attack.program, attack.limits)
    after = look_around(sandbox)
    container = containers.the_one()
    assert complaints(attack.expected, result) == []
    assert untouched == after
    assert len(containers.processes(container, most=_RESTING_PROCESSES)) <= _RESTING_PROCESSES
