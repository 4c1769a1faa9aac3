"""Pairs of programs: one tries to leave something behind, the other, next in the same container, looks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coderunner_core.contract import Limits, Outcome, Program
from sandbox import Sandbox
from tests.attacks.attack import HERE, Expected, complaints, load, runs_here
from tests.attacks.containers import Containers
from tests.attacks.next_run import Facts, look_around

_FOUND_NOTHING = Expected(outcome=(Outcome.OK,), stdout="nothing\n", stderr="")
PAIRS = sorted(path.parent for path in HERE.glob("pairs/*/leave.py"))


def test_there_are_at_least_fifteen_pairs() -> None:
    """The number that was promised."""
    assert len(PAIRS) >= 15


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_second_finds_nothing_of_the_first(
    pair: Path, sandbox: Sandbox, untouched: Facts, containers: Containers
) -> None:
    """The first ends as it says, the second prints "nothing", in the same container unless that one is given up."""
    leave, look = load(pair / "leave.py"), load(pair / "look.py")
    if not runs_here(leave):
        pytest.skip(f"its system call numbers are {leave.only_on}'s")
    container_before = containers.the_one()
    left = sandbox.run(leave.program, leave.limits)
    seen = sandbox.run(look.program, look.limits)
    container_after = containers.the_one()
    assert complaints(leave.expected, left) == []
    assert complaints(_FOUND_NOTHING, seen) == []
    assert leave.expected.container in ("any", "same" if container_after == container_before else "new")
    assert untouched == look_around(sandbox)


def test_no_two_starts_share_a_uid_or_their_random_numbers(sandbox: Sandbox, untouched: Facts) -> None:
    """All starts are forks of one process, and still each is someone else."""
    program = Program("import os, random\nprint(os.getuid(), os.getgid(), random.random())")
    starts = [sandbox.run(program, Limits()).stdout.split() for _ in range(5)]
    for column in zip(*starts, strict=True):
        assert len(set(column)) == len(column), column
