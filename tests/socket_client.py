"""A page without a browser: connects, loads, presses and listens over the websocket as the front end does."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from typing import Any

import socketio

NAMESPACE = "/_event"
ROOT = "reflex___state____state"
MARKER = "_rx_state_"


class Page:
    """One open page of one person. ``state`` is what the server has told it, by state and var."""

    def __init__(self, origin: str, path: str, session_cookie: str = "", *, reconnects: bool = False) -> None:
        self.origin, self.path = origin, path
        self.token = str(uuid.uuid4())
        self.state: dict[str, dict[str, Any]] = {}
        self.messages = 0
        self.cookie = session_cookie
        self._changed = asyncio.Condition()
        self._socket = socketio.AsyncClient(reconnection=reconnects, reconnection_delay=0.2, reconnection_delay_max=1)
        self._socket.on("event", self._update, namespace=NAMESPACE)

    async def open(self, within_s: float = 30) -> Page:
        """Connect and load, as far as a person would wait before the first press."""
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        await self._socket.connect(
            f"{self.origin}?token={self.token}",
            socketio_path="/_event",
            namespaces=[NAMESPACE],
            transports=["websocket"],
            headers=lambda: {"Origin": self.origin, **cookie},  # the client takes the cookie out of what it is given
            auth={"event": {"name": f"{ROOT}.hydrate_and_load", "router_data": self._router_data()}},
            wait_timeout=within_s,
        )
        await self.until(lambda: bool(self.get(ROOT, "is_hydrated")), within_s)
        return self

    async def close(self) -> None:
        await self._socket.disconnect()

    async def send(self, event: str, **payload: Any) -> None:
        """Fire an event of a state, by its full name."""
        message = {"name": event, "payload": payload, "router_data": self._router_data()}
        await self._socket.emit("event", message, namespace=NAMESPACE)

    def get(self, state: str, var: str) -> Any:
        """What the page shows of a var now."""
        return self.state.get(state, {}).get(var + MARKER)

    async def until(self, true: Callable[[], bool], within_s: float = 30) -> None:
        """Wait until what the server says makes this true."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(true), within_s)

    async def _update(self, update: dict[str, Any]) -> None:
        self.messages += 1
        for state, values in (update.get("delta") or {}).items():
            self.state.setdefault(state, {}).update(values)
        async with self._changed:
            self._changed.notify_all()

    def _router_data(self) -> dict[str, str]:
        return {"pathname": self.path, "asPath": self.path}
