"""Brings news from the workers to the open pages: one hub per web process, listening to one Redis channel.

Every web process hears every message and acts only for sockets that it owns, so it does not matter to which process a
browser is connected. Messages are addressed to topics: a page joins that of its user, and perhaps of a class, when it
loads. A piece of output goes to the browser as a raw delta, without touching the page's state; everything else becomes
a normal event that carries ids only, and whose handler reads what is true from the services.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx
from redis.asyncio import Redis
from reflex.event import Event, EventSpec
from reflex.state import StateUpdate
from reflex_base.constants.state import FIELD_MARKER

from coderunner_app.background import in_background
from coderunner_app.gathering import Data, Gathered, Gathering, News
from coderunner_core.events import PUSH_CHANNEL

log = logging.getLogger(__name__)

RETRY_S = 0.5
HEALTH_CHECK_S = 15


@dataclass(frozen=True)
class RawDelta:
    """Var values for one browser, sent past its state."""

    state: type[rx.State]
    values: Mapping[str, Any]


Answer = Callable[[Data], EventSpec | RawDelta | None]
Answers = Mapping[str, Answer | Gathered]  # by the kind of the message


class PushHub:
    """Knows which pages of this process listen to what."""

    def __init__(self) -> None:
        self._app: rx.App | None = None
        self.on_run: Callable[[], None] = lambda: None  # some run began or ended, whoever's
        self._topics: defaultdict[str, dict[str, Answers]] = defaultdict(dict)
        self._always: dict[str, tuple[str, Answers]] = {}  # by the token: the topic of a page's frame
        self._gatherings: defaultdict[str, dict[Gathered, Gathering]] = defaultdict(dict)

    def join(self, token: str, topics: Iterable[str], answers: Answers) -> None:
        """From now on, the page of this client token hears what is sent to these topics; it leaves all others."""
        self.leave(token)
        for topic in topics:
            self._topics[topic][token] = answers

    def leave(self, token: str) -> None:
        """The page hears nothing more."""
        for gathering in self._gatherings.pop(token, {}).values():
            gathering.stop()
        for topic in [one for one, tokens in self._topics.items() if token in tokens]:
            del self._topics[topic][token]
            if not self._topics[topic]:
                del self._topics[topic]

    def always(self, token: str, topic: str, answers: Answers) -> None:
        """What stands around every page hears this topic, too, whatever the page itself joins or leaves."""
        self._always[token] = (topic, answers)

    def forget(self, token: str) -> None:
        """Neither the page nor what stands around it hears anything more."""
        self._always.pop(token, None)
        self.leave(token)

    @property
    def topics(self) -> dict[str, int]:
        """How many pages of this process listen to each topic."""
        return {topic: len(tokens) for topic, tokens in sorted(self._topics.items())}

    @property
    def pages(self) -> int:
        """How many pages of this process listen to anything."""
        return len({token for tokens in self._topics.values() for token in tokens})

    @contextlib.asynccontextmanager
    async def running(self, app: rx.App, redis_url: str) -> AsyncIterator[None]:
        """Listen for as long as the block lasts; a Redis that is away is waited for."""
        self._app = app
        self._forget_closed_pages()
        try:
            async with in_background(self._listen(redis_url), "push-hub"):
                yield
        finally:
            self._app = None

    async def _listen(self, redis_url: str) -> None:
        told = False
        while True:
            redis: Redis = Redis.from_url(redis_url, health_check_interval=HEALTH_CHECK_S)
            try:
                async with redis.pubsub() as channel:
                    await channel.subscribe(PUSH_CHANNEL)
                    async for message in channel.listen():
                        if message["type"] == "subscribe" and told:
                            told = False
                            log.info("push channel is back")
                            await self._catch_up()
                        elif message["type"] == "message":
                            await self._hear(message["data"])
            except Exception as error:
                if not told:
                    log.warning("push channel lost", extra={"error": type(error).__name__})
                told = True
                await asyncio.sleep(RETRY_S)
            finally:
                with contextlib.suppress(Exception):
                    await redis.aclose()

    async def _hear(self, raw: bytes) -> None:
        try:
            message = json.loads(raw)
            to, kind, data = message["to"], message["kind"], message["data"]
        except (ValueError, KeyError, TypeError):
            log.warning("push message cannot be read")
            return
        if kind == "run":
            self.on_run()
        around = [(token, answers) for token, (topic, answers) in self._always.items() if topic == to]
        for token, answers in [*self._topics.get(to, {}).items(), *around]:
            if not self.is_open(token):
                self.forget(token)
            elif isinstance(answer := answers.get(kind), Gathered):
                await self._gathering(token, answer).add((kind, data))
            elif answer is not None:
                await self._send(token, answer(data))

    def _gathering(self, token: str, gathered: Gathered) -> Gathering:
        async def send(news: list[News]) -> None:
            if self.is_open(token):
                await self._send(token, gathered.answer(news))

        known = self._gatherings[token]
        if gathered not in known:
            known[gathered] = Gathering(send, gathered.every_s)
        return known[gathered]

    async def _catch_up(self) -> None:
        """Whatever was announced while Redis was away is read from the stores by the pages themselves."""
        pages = {token: answers for tokens in self._topics.values() for token, answers in tokens.items()}
        for token, answers in pages.items():
            answer = answers.get("missed")
            if self.is_open(token) and answer is not None and not isinstance(answer, Gathered):
                await self._send(token, answer({}))

    async def tell(self, token: str, event: EventSpec | RawDelta) -> None:
        """Send something to one page, if it is open here."""
        if self.is_open(token):
            await self._send(token, event)

    async def _send(self, token: str, answer: EventSpec | RawDelta | None) -> None:
        if self._app is None or answer is None:
            return
        try:
            if isinstance(answer, RawDelta):
                values = {name + FIELD_MARKER: value for name, value in answer.values.items()}
                update = StateUpdate(delta={answer.state.get_full_name(): values})
                await self._namespace.emit_update(update, token=token)
            else:
                for event in Event.from_event_type(answer):
                    await self._app.event_processor.enqueue(token, event)
        except Exception:
            log.exception("push to a page failed")

    def _forget_closed_pages(self) -> None:
        """Leave the topics of a page when its socket closes, unless the same page has opened another one meanwhile."""
        namespace = self._namespace
        tokens, closing = namespace._token_manager, namespace.on_disconnect

        def closed(sid: str, *_reason: Any) -> Any:
            token = tokens.sid_to_token.get(sid, "")
            record = tokens.token_to_socket.get(token)
            if record is not None and record.sid == sid:
                self.forget(token)
            return closing(sid)

        namespace.on_disconnect = closed

    def is_open(self, token: str) -> bool:
        """Whether a page of this process is connected."""
        return token in self._namespace._token_manager.token_to_socket

    @property
    def _namespace(self) -> Any:
        if self._app is None or self._app.event_namespace is None:
            raise RuntimeError("the hub is not running")
        return self._app.event_namespace


hub = PushHub()
