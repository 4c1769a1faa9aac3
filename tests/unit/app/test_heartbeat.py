"""Who is here, said by the web process for the pages that are connected to it."""

from __future__ import annotations

import pytest

from coderunner_app.heartbeat import GRACE_S, SWEEP_EVERY_S, Heartbeat
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.presence import HEARTBEAT_S
from tests.fakes import FakeEvents, FakePresence
from tests.unit.core.school import make_class


class Web:
    """One process: a clock, the pages that are connected, and its heartbeat."""

    def __init__(self, core: Core) -> None:
        self.core, self.now, self.open = core, 1000.0, {"page-1"}
        self.heartbeat = Heartbeat(clock=lambda: self.now)

    async def look_after(self, seconds: float) -> None:
        self.now += seconds
        await self.heartbeat.look(self.core, self.open.__contains__)


@pytest.fixture
def web(core: Core) -> Web:
    return Web(core)


@pytest.fixture
def presence(core: Core) -> FakePresence:
    assert isinstance(core.presence, FakePresence)
    return core.presence


async def test_an_open_page_is_said_again_before_it_expires(web: Web, presence: FakePresence, ada: Actor) -> None:
    """Also after a Redis came back empty."""
    web.heartbeat.here("page-1", ada.user_id, "countdown")
    await web.look_after(1)
    assert presence.here == {}
    await web.look_after(HEARTBEAT_S)
    assert presence.here[ada.user_id].problem_id == "countdown"


async def test_a_page_that_closed_is_gone_after_a_moment(web: Web, presence: FakePresence, ada: Actor) -> None:
    """Not at once: a reload closes it, too."""
    web.heartbeat.here("page-1", ada.user_id, "countdown")
    await web.look_after(HEARTBEAT_S)
    web.open.clear()
    await web.look_after(1)
    assert ada.user_id in presence.here
    await web.look_after(GRACE_S)
    assert presence.here == {}


async def test_a_page_that_comes_back_in_time_was_never_gone(web: Web, presence: FakePresence, ada: Actor) -> None:
    """The moment begins anew when it closes the next time."""
    web.heartbeat.here("page-1", ada.user_id, "countdown")
    await web.look_after(HEARTBEAT_S)
    web.open.clear()
    await web.look_after(GRACE_S - 1)
    web.open.add("page-1")
    await web.look_after(1)
    web.open.clear()
    await web.look_after(GRACE_S - 1)
    assert ada.user_id in presence.here


async def test_a_page_without_a_student_says_nothing(web: Web, presence: FakePresence, ada: Actor) -> None:
    """After signing out, for example."""
    web.heartbeat.here("page-1", ada.user_id, "countdown")
    web.heartbeat.forget("page-1")
    await web.look_after(HEARTBEAT_S)
    assert presence.here == {}


async def test_those_of_a_process_that_was_killed_leave_the_class_page(
    web: Web, presence: FakePresence, ada: Actor, core: Core
) -> None:
    """Another process notices that nobody speaks for them, and says so once."""
    class_id = await make_class(core, ada, ada)
    await presence.seen(ada.user_id, "countdown", "page-of-another-process")
    presence.silent.add(ada.user_id)
    await web.look_after(SWEEP_EVERY_S)
    await web.look_after(SWEEP_EVERY_S)
    assert isinstance(core.events, FakeEvents)
    left = {"user": ada.user_id, "left": "countdown", "at": ""}
    assert core.events.announced == [(f"class:{class_id}", "presence", left)]
