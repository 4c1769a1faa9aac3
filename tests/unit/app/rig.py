"""Runs the handlers of the pages through Reflex's real event queue, over a state manager in memory: no browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import reflex as rx
from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event.context import EventContext
from reflex_base.event.processor import BaseStateEventProcessor

from coderunner_app import (
    coderunner_app,  # noqa: F401 - registers the app that handlers run in
    cookies,
)
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.services.people import sessions

S = TypeVar("S", bound=rx.State)


@dataclass
class Rig:
    """One process of the web as far as its states go; ``events`` is what it asked browsers to do."""

    manager: StateManagerMemory = field(default_factory=StateManagerMemory)
    events: list[Any] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.processor = BaseStateEventProcessor(
            backend_exception_handler=self.errors.append,  # type: ignore[arg-type]
            graceful_shutdown_timeout=2,
        )

    async def fire(self, spec: Any, *, page: str = "page", path: str = "/", cookie: str = "") -> None:
        """Have an open page send an event, and wait until everything that follows from it is done."""
        for event in Event.from_event_type(spec):
            event.router_data.update(
                {
                    "pathname": path.split("?")[0],
                    "asPath": path,
                    "headers": {"cookie": cookie, "origin": "http://localhost:8000"},
                    "ip": "10.0.0.7",
                    "token": page,
                }
            )
            await (await self.processor.enqueue(page, event)).wait_all()
        if self.errors:
            raise self.errors[0]

    async def state(self, cls: type[S], page: str = "page") -> S:
        """What the page shows now."""
        root = await self.manager.get_state(rx.BaseStateToken(ident=page, cls=cls))
        return await root.get_state(cls)

    @property
    def redirects(self) -> list[str]:
        """Where pages were sent."""
        return [event.payload["path"].strip('"') for event in self.events if event.name == "_redirect"]


@asynccontextmanager
async def running_rig() -> AsyncIterator[Rig]:
    """A rig for the length of a block."""
    rig = Rig()

    async def keep_events(_token: str, *events: Any) -> None:
        rig.events.extend(events)

    async def drop_delta(_token: str, _delta: Any) -> None: ...

    rig.processor._root_context = EventContext(
        token="",
        txid="",
        state_manager=rig.manager,
        enqueue_impl=rig.processor.enqueue_many,
        emit_delta_impl=drop_delta,
        emit_event_impl=keep_events,
    )
    await rig.processor.start()
    try:
        yield rig
    finally:
        await rig.processor.stop()
        await rig.manager.close()


async def cookie_of(actor: Actor, core: Core) -> str:
    """The Cookie header of somebody's browser."""
    return f"{cookies.session_name(core.settings)}={await sessions.issue(actor, core)}"
