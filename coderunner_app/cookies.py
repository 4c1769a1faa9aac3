"""The two cookies: the session, which no script can read, and a message that survives one redirect."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote

from starlette.responses import Response

from coderunner_core.settings import Settings

_SESSION = "coderunner_session"
_MESSAGE = "coderunner_message"
_MESSAGE_S = 15  # long enough for the page after the redirect to open its websocket
_MESSAGE_CHARS = 500
_DAY_S = 86_400


def session_name(settings: Settings) -> str:
    """With the prefix that makes browsers insist on TLS and on our own host, wherever there is TLS."""
    return f"__Host-{_SESSION}" if settings.secure_cookies else _SESSION


def session_of(header: str, settings: Settings) -> str:
    """The session token of a Cookie header; empty when there is none."""
    return _value(header, session_name(settings))


def message_of(header: str) -> str:
    """What the last form was answered with; empty when nothing."""
    return unquote(_value(header, _MESSAGE))[:_MESSAGE_CHARS]


def set_session(response: Response, token: str, settings: Settings) -> None:
    """Hand out a session."""
    _set(response, session_name(settings), token, settings.session_days * _DAY_S, settings)


def end_session(response: Response, settings: Settings) -> None:
    """Take the session back."""
    _set(response, session_name(settings), "", 0, settings)


def set_message(response: Response, message: str, settings: Settings) -> None:
    """Say something on the page that the answer redirects to."""
    _set(response, _MESSAGE, quote(message[:_MESSAGE_CHARS], safe=""), _MESSAGE_S, settings)


def end_message(response: Response, settings: Settings) -> None:
    """What was said before is over."""
    _set(response, _MESSAGE, "", 0, settings)


def _set(response: Response, name: str, value: str, max_age_s: int, settings: Settings) -> None:
    response.set_cookie(
        name, value, max_age=max_age_s, path="/", httponly=True, samesite="lax", secure=settings.secure_cookies
    )


def _value(header: str, name: str) -> str:
    cookies = SimpleCookie()
    try:
        cookies.load(header)
    except CookieError:
        return ""
    morsel = cookies.get(name)
    return morsel.value if morsel else ""
