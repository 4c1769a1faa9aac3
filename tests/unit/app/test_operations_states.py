"""The admin's pages of operations and cost: what they show, what an event changes, and what is said of nonsense."""

from __future__ import annotations

import pytest

from coderunner_app.state.cost import CostState
from coderunner_app.state.operations import OperationsState
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from tests.fake_control import FakeControl, vitals
from tests.unit.app.rig import Rig, cookie_of

OPERATIONS, COST = "/admin/operations", "/admin/cost"


@pytest.fixture
async def as_lovelace(core: Core, lovelace: Actor) -> str:
    """The Cookie header of an admin's browser."""
    return await cookie_of(lovelace, core)


async def test_an_installation_where_nothing_happened_is_shown(rig: Rig, as_lovelace: str) -> None:
    """No worker, no run: said, and no column is drawn."""
    await rig.fire(OperationsState.load(), path=OPERATIONS, cookie=as_lovelace)
    page = await rig.state(OperationsState)
    assert (page.ready, page.workers, page.presses, page.peaks["presses"]) == (True, [], [], "at most 0")


async def test_a_tick_shows_what_changed_meanwhile(rig: Rig, as_lovelace: str, control: FakeControl) -> None:
    """A worker that came after the page was opened."""
    await rig.fire(OperationsState.load(), path=OPERATIONS, cookie=as_lovelace)
    control.living = [vitals(runs_done=7)]
    await rig.fire(OperationsState.tick(False), path=OPERATIONS, cookie=as_lovelace)
    page = await rig.state(OperationsState)
    assert [(one.slot, one.runs_done) for one in page.workers] == [("runner-1.run.1", "7")]


async def test_a_drained_worker_offers_to_resume(rig: Rig, as_lovelace: str, control: FakeControl) -> None:
    """The page shows it at once, without waiting for a tick."""
    control.living = [vitals()]
    await rig.fire(OperationsState.load(), path=OPERATIONS, cookie=as_lovelace)
    await rig.fire(OperationsState.drain("runner-1.run.1"), path=OPERATIONS, cookie=as_lovelace)
    page = await rig.state(OperationsState)
    assert (page.workers[0].can, page.said, control.slots) == (
        "resume",
        "The worker takes no new run.",
        {"runner-1.run.1"},
    )
    await rig.fire(OperationsState.resume("runner-1.run.1"), path=OPERATIONS, cookie=as_lovelace)
    page = await rig.state(OperationsState)
    assert (page.workers[0].can, control.slots) == ("drain", set())


async def test_a_worker_that_went_away_is_said_in_words(rig: Rig, as_lovelace: str) -> None:
    """Somebody was quicker, or it crashed."""
    await rig.fire(OperationsState.load(), path=OPERATIONS, cookie=as_lovelace)
    await rig.fire(OperationsState.drain("gone.run.1"), path=OPERATIONS, cookie=as_lovelace)
    assert (await rig.state(OperationsState)).trouble == "There is no such worker any more."


async def test_the_last_day_is_drawn_by_hours(rig: Rig, as_lovelace: str) -> None:
    """And there is no other period."""
    await rig.fire(OperationsState.load(), path=OPERATIONS, cookie=as_lovelace)
    await rig.fire(OperationsState.show_period("day"), path=OPERATIONS, cookie=as_lovelace)
    await rig.fire(OperationsState.show_period("year"), path=OPERATIONS, cookie=as_lovelace)
    page = await rig.state(OperationsState)
    assert (page.period, "last hour" in page.trouble) == ("day", True)


async def test_a_scenario_changes_what_follows(rig: Rig, as_lovelace: str) -> None:
    """Base: 49 s a user and day; worst: 30 x 5 + 5 x 15 = 225 s."""
    await rig.fire(CostState.load(), path=COST, cookie=as_lovelace)
    assert (await rig.state(CostState)).results[0].cells == ["49.00"]
    await rig.fire(CostState.choose("worst"), path=COST, cookie=as_lovelace)
    page = await rig.state(CostState)
    assert (page.scenario, page.results[0].cells) == ("worst", ["225.00"])


async def test_what_is_typed_changes_what_follows(rig: Rig, as_lovelace: str) -> None:
    """20 x 2.5 + 2 x 12 = 74 s; fields that are empty or missing are the scenario's own."""
    await rig.fire(CostState.load(), path=COST, cookie=as_lovelace)
    form = {"runs_per_user_day": "20", "daily_users": "", "days": "7"}
    await rig.fire(CostState.work_out(form), path=COST, cookie=as_lovelace)
    page = await rig.state(CostState)
    assert (page.results[0].cells, page.changes, page.days) == (["74.00"], {"runs_per_user_day": "20"}, "7")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"runs_per_user_day": "many"}, "number"),
        ({"days": "a week"}, "days"),
        ({"days": "inf"}, "days"),
        ({"days": "nan"}, "days"),
        ({"run_every_s": "0"}, "from 0.1 to 86,400"),
        ({"run_every_s": "nan"}, "seconds"),
        ({"run_every_s": "1e-320"}, "from 0.1"),
        ({"daily_users": "1e308", "monthly_users": "1e308"}, "too large"),
        ({"overhead_factor": "1e-320"}, "too small"),
        ("nonsense", "not a text"),
    ],
)
async def test_nonsense_is_said_and_the_last_good_answer_stays(
    rig: Rig, as_lovelace: str, form: object, said: str
) -> None:
    """Whoever mistyped reads why."""
    await rig.fire(CostState.load(), path=COST, cookie=as_lovelace)
    await rig.fire(CostState.work_out(form), path=COST, cookie=as_lovelace)  # type: ignore[arg-type]
    page = await rig.state(CostState)
    assert (said in page.trouble, page.results[0].cells) == (True, ["49.00"]), page.trouble
