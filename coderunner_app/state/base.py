"""What every page's state does alike: know who asks, and say in words what went wrong."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from coderunner_app import cookies, current, routes
from coderunner_app.outage import outages
from coderunner_core import logs, metrics
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import APOLOGY, BadInput, CodeRunnerError, NotSignedIn, StoreAway
from coderunner_core.services.people import sessions

log = logging.getLogger(__name__)

Handler = Callable[..., Awaitable[Any]]


class Visitor(rx.State, mixin=True):
    """Mixed into the state of each page. Methods that begin with an underscore cannot be called by a browser."""

    trouble: str = ""  # the last thing that went wrong, in words for whoever did it
    ready: bool = False  # what the page shows has been read
    _away: bool = False  # the page was read without the database

    def _core(self) -> Core:
        return current.core()

    def _token(self) -> str:
        return cookies.session_of(self.router.headers.cookie, self._core().settings)

    async def _actor(self) -> Actor:
        """Who asks, verified now. Raises NotSignedIn."""
        actor = await sessions.verify(self._core(), self._token())
        logs.know(actor.user_id)
        return actor

    async def _visitor(self) -> Actor | None:
        """Who asks, or None for somebody who has not signed in. Raises NotSignedIn for a session that has ended."""
        return await self._actor() if self._token() else None

    async def _looker(self) -> Actor | None:
        """Who looks at a page that anyone may read. While the database is away, who this session was when it was last
        verified here, and ``_away`` is set: for showing, never for a decision. Raises NotSignedIn as ``_visitor`` does.
        """
        self._away = False
        try:
            return await self._visitor()
        except StoreAway:
            self._away = True
            self._read_again_when_back()
            return sessions.recognise(self._core(), self._token())[1]

    def _read_again_when_back(self) -> None:
        """Once the database is back, this page loads again by itself."""
        if "load" in type(self).event_handlers:
            outages.wait(self._client_token(), type(self).get_full_name(), type(self).load())  # type: ignore[attr-defined]

    def _tell(self, error: CodeRunnerError) -> EventSpec | list[EventSpec] | None:
        """Show what went wrong. A session that has ended leads to the sign-in page, which says so, and back."""
        self.trouble = error.message
        if isinstance(error, StoreAway):
            self._read_again_when_back()
        if isinstance(error, NotSignedIn) and self._token():
            return rx.redirect(routes.sign_in(self.router.url.path))
        return None

    def _client_token(self) -> str:
        return self.router.session.client_token


def answers(handler: Handler) -> Any:
    """An event handler whose known errors are told to the person, and whose unknown ones are logged and apologised for.

    An ended session is a known error, too; see ``Visitor._tell``.
    """

    @functools.wraps(handler)
    async def guarded(self: Visitor, *arguments: Any, **named: Any) -> Any:
        with logs.one_request(), metrics.handling(handler.__qualname__):
            try:
                return await handler(self, *arguments, **named)
            except CodeRunnerError as error:
                metrics.refused(error)
                return self._tell(error)
            except Exception:
                log.exception("event handler failed", extra={"handler": handler.__qualname__})
                self.trouble = APOLOGY
                return None

    return rx.event(guarded)


def text(value: object, what: str) -> str:
    """A text that a browser sent, whatever it really sent. Raises BadInput."""
    if not isinstance(value, str):
        raise BadInput(f"The {what} is not a text.")
    return value
