"""The hub: who hears what, and what becomes of a message."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from coderunner_app.gathering import Gathered
from coderunner_app.push import PushHub, RawDelta
from coderunner_app.state.curriculum import CurriculumState
from coderunner_app.state.problem import ProblemState


class FakeApp:
    """Two open pages, and what was sent to them."""

    def __init__(self) -> None:
        self.deltas: list[tuple[str, Any]] = []
        self.queued: list[tuple[str, str]] = []
        self.closed: list[str] = []
        self.sockets = {"ada-1": SimpleNamespace(sid="s1"), "ada-2": SimpleNamespace(sid="s2")}
        tokens = SimpleNamespace(token_to_socket=self.sockets, sid_to_token={"s1": "ada-1", "s2": "ada-2"})
        self.event_namespace = SimpleNamespace(
            _token_manager=tokens, emit_update=self._emit, on_disconnect=self.closed.append
        )
        self.event_processor = SimpleNamespace(enqueue=self._enqueue)

    async def _emit(self, update: Any, token: str) -> None:
        self.deltas.append((token, update.delta))

    async def _enqueue(self, token: str, event: Any) -> None:
        self.queued.append((token, event.name.rsplit(".", 1)[-1]))


def _hub() -> tuple[PushHub, FakeApp]:
    hub, app = PushHub(), FakeApp()
    hub._app = app  # type: ignore[assignment]
    return hub, app


def _message(to: str, kind: str, data: dict[str, Any]) -> bytes:
    return json.dumps({"to": to, "kind": kind, "data": data}).encode()


CHUNK = {"run": "r", "seq": 1, "stream": "stdout", "text": "hi"}
ANSWERS = {
    "chunk": lambda data: RawDelta(ProblemState, {"chunk": dict(data)}),
    "run": lambda data: ProblemState.run_changed(data["run"]),
}


async def test_output_goes_to_every_page_of_its_owner_as_a_raw_delta() -> None:
    """And to nobody else's."""
    hub, app = _hub()
    hub.join("ada-1", ["user:1"], ANSWERS)
    hub.join("ada-2", ["user:1"], ANSWERS)
    await hub._hear(_message("user:1", "chunk", CHUNK))
    await hub._hear(_message("user:2", "chunk", CHUNK))
    assert [token for token, _ in app.deltas] == ["ada-1", "ada-2"]
    assert app.deltas[0][1] == {ProblemState.get_full_name(): {"chunk_rx_state_": CHUNK}}


async def test_other_news_becomes_an_event_with_an_id() -> None:
    """The page's own handler then reads what is true."""
    hub, app = _hub()
    hub.join("ada-1", ["user:1"], ANSWERS)
    await hub._hear(_message("user:1", "run", {"run": "r", "status": "finished", "problem": "p"}))
    assert app.queued == [("ada-1", "run_changed")]


async def test_a_page_listens_to_one_person_at_a_time() -> None:
    """Whoever signs in next on the same page does not hear the last one's news."""
    hub, app = _hub()
    hub.join("ada-1", ["user:1"], ANSWERS)
    hub.join("ada-1", ["user:2"], {"progress": lambda _: CurriculumState.refresh()})
    await hub._hear(_message("user:1", "chunk", CHUNK))
    await hub._hear(_message("user:2", "chunk", CHUNK))
    await hub._hear(_message("user:2", "progress", {"problem": "p"}))
    assert (app.deltas, app.queued) == ([], [("ada-1", "refresh")])


async def test_a_page_hears_all_its_topics() -> None:
    """A teacher's page: what happens to the teacher, and what happens in the class."""
    hub, app = _hub()
    hub.join("ada-1", ["user:1", "class:3"], ANSWERS)
    await hub._hear(_message("user:1", "run", {"run": "r"}))
    await hub._hear(_message("class:3", "run", {"run": "s"}))
    hub.leave("ada-1")
    await hub._hear(_message("class:3", "run", {"run": "t"}))
    assert (app.queued, hub._topics) == ([("ada-1", "run_changed")] * 2, {})


async def test_what_a_page_missed_is_said_once_however_many_topics_it_has() -> None:
    """It reads everything again anyway."""
    hub, app = _hub()
    hub.join("ada-1", ["user:1", "class:3"], {"missed": lambda _: ProblemState.look_again()})
    await hub._catch_up()
    assert app.queued == [("ada-1", "look_again")]


async def test_gathered_news_of_a_page_that_left_is_not_sent() -> None:
    """Nor is its timer left behind."""
    hub, _app = _hub()
    heard: list[Any] = []
    hub.join("ada-1", ["class:3"], {"cell": Gathered(heard.append, every_s=0.01)})
    for user in (1, 2, 2):
        await hub._hear(_message("class:3", "cell", {"user": user}))
    hub.leave("ada-1")
    assert (heard, hub._gatherings) == ([[("cell", {"user": 1})]], {})


async def test_a_closed_page_is_forgotten() -> None:
    """Nothing is sent to it, and nothing of it is kept."""
    hub, app = _hub()
    hub.join("gone", ["user:1"], ANSWERS)
    await hub._hear(_message("user:1", "chunk", CHUNK))
    assert app.deltas == []
    assert hub._topics == {}


async def test_what_cannot_be_read_does_no_harm() -> None:
    """The next message is heard all the same."""
    hub, app = _hub()
    hub.join("ada-1", ["user:1"], ANSWERS)
    for raw in (b"", b"{}", b"[]", b'{"to": 1}', _message("user:1", "unknown", {})):
        await hub._hear(raw)
    await hub._hear(_message("user:1", "chunk", CHUNK))
    assert len(app.deltas) == 1


async def test_closing_a_page_leaves_its_topics() -> None:
    """But not when the same page has opened another socket meanwhile."""
    hub, app = _hub()
    hub._forget_closed_pages()
    hub.join("ada-1", ["user:1"], ANSWERS)
    hub.join("ada-2", ["user:1"], ANSWERS)
    app.sockets["ada-2"] = SimpleNamespace(sid="s3")
    app.event_namespace.on_disconnect("s1", "transport close")
    app.event_namespace.on_disconnect("s2", "transport close")
    assert list(hub._topics["user:1"]) == ["ada-2"]
    assert app.closed == ["s1", "s2"]
