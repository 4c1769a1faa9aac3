"""Who is signed in, for the header that every page has."""

from __future__ import annotations

import contextlib
from typing import Any

import reflex as rx

from coderunner_app import routes
from coderunner_app.heartbeat import heartbeat
from coderunner_app.push import Answers, hub
from coderunner_app.state.base import Visitor, answers
from coderunner_core.actors import Actor
from coderunner_core.errors import NotSignedIn, StoreAway
from coderunner_core.events import user_topic
from coderunner_core.models import Role
from coderunner_core.services.reviewing import comments
from coderunner_core.services.watching import presence

_AWAY = "Saved work cannot be reached just now, so progress may be missing. What you type is kept in this browser."


class SessionState(Visitor, rx.State):
    """The person behind this page, as far as the header shows them."""

    signed_in: bool = False
    display_name: str = ""
    role: str = ""
    unread: int = 0  # comments that wait
    unread_address: str = ""  # where the newest of them is
    away: str = ""  # what every page says while the database is away

    @answers
    async def load(self) -> Any:
        """Read who is there. What an ended session means is for the page to say."""
        try:
            actor = await self._looker()
        except NotSignedIn:
            actor = None
        self.away = _AWAY if self._away else ""
        if self._away and actor is None:  # a session, but whose is not known: better nothing than "Sign in"
            return
        self.signed_in = actor is not None
        self.display_name, self.role = (actor.display_name, actor.role.value) if actor else ("", "")
        self.ready = True
        await self._say_where(actor)
        await self._read_unread(actor)

    @answers
    async def comments_changed(self) -> Any:
        """Somebody wrote to this person, or what was written has been read."""
        if self.ready:
            await self._read_unread(await self._visitor())

    async def _read_unread(self, actor: Actor | None) -> None:
        """Count what waits, and hear of more on whatever page this is."""
        self.unread, self.unread_address = 0, ""
        if actor is None:
            hub.forget(self._client_token())
            return
        hub.always(self._client_token(), user_topic(actor.user_id), _NEWS)
        with contextlib.suppress(StoreAway):
            waiting = await comments.unread(actor, self._core())
            self.unread = waiting.count
            if waiting.count and actor.role is Role.STUDENT:
                self.unread_address = f"{routes.problem(waiting.problem_id)}#comments"
            elif waiting.count:
                self.unread_address = f"{routes.student(waiting.student_id, waiting.problem_id)}#comments"

    async def _say_where(self, actor: Actor | None) -> None:
        """Let those who teach the student see that they are here, and at which problem."""
        page = self._client_token()
        if actor is None or actor.role is not Role.STUDENT:
            heartbeat.forget(page)
            return
        problem_id = routes.problem_of(str(self.router.url.path))
        heartbeat.here(page, actor.user_id, problem_id)
        with contextlib.suppress(StoreAway):
            await presence.seen(actor, self._core(), problem_id, page)


_NEWS: Answers = {"comment": lambda _: SessionState.comments_changed()}
