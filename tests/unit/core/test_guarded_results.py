"""A result store with a server of its own that goes away and comes back, and what becomes of a press meanwhile."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import StoreAway
from coderunner_core.results import GuardedResultStore
from coderunner_core.services.reviewing import history
from coderunner_core.services.running import allowances, runs, verdicts


class Server:
    """Stands before a real store, and answers only while it is up, as a driver with a server of its own."""

    def __init__(self, bodies: Any) -> None:
        self._bodies = bodies
        self.is_up, self.asked = True, 0

    async def open(self) -> None: ...

    def _answer(self) -> None:
        self.asked += 1
        if not self.is_up:
            raise StoreAway

    def __getattr__(self, name: str) -> Any:
        async def ask(*arguments: Any) -> Any:
            self._answer()
            return await getattr(self._bodies, name)(*arguments)

        return ask


@pytest.fixture
def server(core: Core) -> Server:
    return Server(core.results)


@pytest.fixture
async def guarded(core: Core, server: Server) -> Core:
    """The same platform, whose bodies are kept by a server of their own."""
    bodies = GuardedResultStore(server)  # type: ignore[arg-type]
    await bodies.open()
    return dataclasses.replace(core, results=bodies, bodies_guard=bodies)


async def press(core: Core, actor: Actor) -> Any:
    return await runs.submit(actor, core, "countdown", RunKind.RUN, "print(1)")


async def test_a_press_is_refused_in_words_and_leaves_nothing(guarded: Core, server: Server, ada: Actor) -> None:
    """No run that waits for a program that is nowhere, and no quota used."""
    server.is_up = False
    with pytest.raises(StoreAway, match="Programs cannot be run just now"):
        await press(guarded, ada)
    left = await allowances.left(ada, guarded)
    assert (await runs.latest(ada, guarded, "countdown"), left.runs_this_minute) == (None, 5)


async def test_it_is_not_asked_while_it_is_away(guarded: Core, server: Server, ada: Actor) -> None:
    """After three who were refused, nobody waits for it any more; a probe that reaches it lets everybody in again."""
    guard = guarded.bodies_guard
    assert guard is not None
    server.is_up = False
    for _ in range(5):
        with pytest.raises(StoreAway):
            await guard.get("x")
    asked = server.asked
    with pytest.raises(StoreAway):
        await press(guarded, ada)
    with pytest.raises(StoreAway):
        await guard.probe()
    assert (guard.is_away, guard.went_away.is_set(), server.asked - asked) == (True, True, 1)
    server.is_up = True
    await guard.probe()
    assert (guard.is_away, (await press(guarded, ada)).status) == (False, "pending")


async def test_how_a_run_ended_is_shown_without_its_body(guarded: Core, server: Server, ada: Actor) -> None:
    """The page opens, says what is missing, and knows to read again."""
    run = await press(guarded, ada)
    await verdicts.finish(guarded, run.id, Verdict(Outcome.OK, stdout="1\n"))
    server.is_up = False
    view = await runs.latest(ada, guarded, "countdown")
    assert view is not None
    assert (view.outcome, view.stdout, view.body_away, "cannot be read" in view.explanation) == ("ok", "", True, True)
    assert [row.outcome for row in (await history.page(ada, guarded, ada.user_id)).rows] == ["ok"]


async def test_a_stop_meanwhile_is_obeyed_when_the_run_is_taken(guarded: Core, server: Server, ada: Actor) -> None:
    """What nobody wants any more is not run."""
    run = await press(guarded, ada)
    server.is_up = False
    await runs.cancel(ada, guarded, run.id)
    server.is_up = True
    guard = guarded.bodies_guard
    assert guard is not None
    await guard.probe()
    assert await verdicts.claim(guarded, run.id, "worker") is None
    assert (await runs.view(ada, guarded, run.id)).outcome == "cancelled"


async def test_it_may_be_away_when_the_process_starts(core: Core, server: Server) -> None:
    """Then nobody waits for it, until a probe reaches it."""
    server.is_up = False
    bodies = GuardedResultStore(server)  # type: ignore[arg-type]
    await bodies.open()
    away_at_first = bodies.is_away
    server.is_up = True
    await bodies.probe()
    assert (away_at_first, bodies.is_away) == (True, False)
