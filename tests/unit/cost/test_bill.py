"""The service of the cost page and its words: who may ask, what is refused, what is measured beside what is assumed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from coderunner_app import cost_words as words
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.cost.capacity import Pace
from coderunner_core.cost.measured import NotMeasured
from coderunner_core.cost.report import build
from coderunner_core.cost.usage import Usage
from coderunner_core.errors import BadInput, NotAllowed, NotSignedIn
from coderunner_core.models import Role, Run, utc_now
from coderunner_core.services.people import accounts
from coderunner_core.services.upkeep import bill
from coderunner_core.services.upkeep.bill import Wanted
from tests.fakes import open_fake_core
from tests.unit.conftest import PASSWORD


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path, web_workers=3, worker_concurrency_execution=4) as opened:
        yield opened


async def press_often(core: Core, actor: Actor) -> None:
    """A hundred runs of one person within two days: half a second each, a worker held for 0.6 s."""
    now = utc_now()
    async with core.database.writing() as session:
        for number in range(100):
            at = now - timedelta(minutes=30 * number + 1)
            run = Run(
                id=f"r{number}", user_id=actor.user_id, problem_id="countdown", problem_version="v1", kind=RunKind.RUN
            )
            run.status, run.outcome, run.attempt = RunStatus.FINISHED, Outcome.OK, 1
            run.created_at = run.started_at = at
            run.finished_at, run.cpu_ms, run.wall_ms = at + timedelta(milliseconds=600), 250, 500
            session.add(run)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER])
async def test_the_bill_is_for_admins(core: Core, role: Role) -> None:
    """What an installation costs and carries is nobody else's business."""
    hopper = accounts.as_actor(await accounts.create_user(core, "hopper", "Hopper", PASSWORD, role))
    with pytest.raises(NotAllowed):
        await bill.read(hopper, core, Wanted())
    with pytest.raises(NotSignedIn):
        await bill.read(None, core, Wanted())


@pytest.mark.parametrize(
    ("wanted", "pace", "said"),
    [
        (Wanted("middling"), None, "scenario"),
        (Wanted(changes={"daily_users": "many"}), None, "number"),
        (Wanted(changes={"daily_users": "-5"}), None, "not negative"),
        (Wanted(changes={"daily_users": "nan"}), None, "not negative"),
        (Wanted(changes={"no_such_input": "5"}), None, "no input"),
        (Wanted(changes={"daily_users": "99999"}), None, "monthly_users"),
        (Wanted(days=0), None, "from 1 to 90"),
        (Wanted(days=91), None, "from 1 to 90"),
        (Wanted(), Pace(run_every_s=0), "from 0.1 to 86,400"),
    ],
)
async def test_what_makes_no_sense_is_said_in_words(
    core: Core, lovelace: Actor, wanted: Wanted, pace: Pace | None, said: str
) -> None:
    """And never a result that was reckoned from it."""
    with pytest.raises(BadInput, match=said):
        await bill.read(lovelace, core, wanted, pace)


async def test_before_anybody_pressed_the_assumptions_are_used(core: Core, lovelace: Actor) -> None:
    """And what is missing is said."""
    found = await bill.read(lovelace, core, Wanted())
    assert isinstance(found.report.usage, NotMeasured)
    assert (found.report.inputs, found.busiest) == (found.report.assumed, 0)
    assert words.usage_words(found.report).startswith("Not measured")
    assert {one.measured for one in words.input_rows(found.report)} == {""}


async def test_what_was_measured_stands_beside_what_is_assumed(core: Core, lovelace: Actor) -> None:
    """Base scenario: 20,000 users assumed, one measured; runs of 2.5 s assumed, of half a second measured."""
    await press_often(core, lovelace)
    found = await bill.read(lovelace, core, Wanted())
    assert isinstance(found.report.usage, Usage)
    rows = {one.name: (one.assumed, one.measured) for one in words.input_rows(found.report)}
    assert (rows["monthly_users"], rows["run_s"]) == (("20,000", "1"), ("2.5", "0.5"))
    assert (found.busiest, len(words.result_rows(found.report)[0].cells)) == (1, 2)
    assert found.costs.run.program_cpu_ms == 250


async def test_what_somebody_types_counts_more_than_what_was_measured(core: Core, lovelace: Actor) -> None:
    """What if a thousand students came to this installation? The rest stays as measured."""
    await press_often(core, lovelace)
    found = await bill.read(lovelace, core, Wanted(changes={"monthly_users": "5000", "daily_users": "1000"}))
    inputs = found.report.inputs
    assert (inputs.daily_users, inputs.monthly_users, inputs.run_s) == (1000, 5000, 0.5)


async def test_the_machine_is_the_one_that_is_set_up(core: Core, lovelace: Actor) -> None:
    """Its processes as in the settings, its processors as this process sees them."""
    machine = (await bill.read(lovelace, core, Wanted())).machine
    assert (machine.web_processes, machine.execution_workers) == (3, 4)
    assert min(machine.processors, machine.memory_mib) > 0


async def test_capacity_follows_the_pace(core: Core, lovelace: Actor) -> None:
    """Students who press and type twice as often are half as many; what only their pages cost is little."""
    slow = await bill.read(lovelace, core, Wanted(), Pace(20, submit_every_s=86_400, save_every_s=20))
    fast = await bill.read(lovelace, core, Wanted(), Pace(10, submit_every_s=86_400, save_every_s=10))
    assert slow.capacity.students == pytest.approx(2 * fast.capacity.students, rel=0.05)
    assert [one.first for one in words.capacity_rows(slow)][:2] == [True, False]
    assert f"{slow.capacity.students:,} students" in words.capacity_words(slow)


def test_the_base_scenario_is_shown_as_worked_out_by_hand() -> None:
    """49 s a user and day, 122.5 vCPU-hours a day, 5.10 vCPUs around the clock, 3 runners, 11 in the busiest hour."""
    rows = {one.name: one.cells for one in words.result_rows(build("base"))}
    assert rows["execution seconds per user and day"] == ["49.00"]
    assert (rows["vCPU-hours a day"], rows["vCPUs busy around the clock"]) == (["122.50"], ["5.10"])
    assert (rows["runners, if every hour were alike"], rows["runners for the busiest hour"]) == (["3"], ["11"])


def test_the_mistake_of_section_4_3_is_among_what_is_wrong() -> None:
    """122.4 vCPU-hours a day are 5.1 vCPUs around the clock and 3,672 a month; every finding is in one of two lists."""
    report = build("base")
    wrong, doubts = words.finding_rows(report, wrong=True), words.finding_rows(report, wrong=False)
    of_4_3 = " ".join(one.right for one in wrong if one.where.startswith("report 4.3"))
    assert ("5.1 vCPUs busy around the clock" in of_4_3, "3,672" in of_4_3) == (True, True)
    assert len(wrong) + len(doubts) == len(report.findings)


def test_one_runner_is_not_called_runners() -> None:
    """A head of a column."""
    assert [words.runners_words(one) for one in (1, 3)] == ["With 1 runner", "With 3 runners"]
