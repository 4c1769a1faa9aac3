"""Registering, signing in and signing out as plain form posts: only a plain answer can set a cookie no script reads."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from coderunner_app import cookies, current, routes
from coderunner_app.origins import allowed_origins
from coderunner_core import metrics
from coderunner_core.actors import Actor
from coderunner_core.errors import APOLOGY, CodeRunnerError
from coderunner_core.services import accounts, sessions

log = logging.getLogger(__name__)

MAX_FORM_BYTES = 16 * 1024
_FOREIGN = "This form was sent from another site, so nothing was done. Open the page here and try again.\n"
_TOO_LARGE = "That is more than a name and a password.\n"

Endpoint = Callable[[Request], Awaitable[Response]]


async def sign_in(request: Request) -> Response:
    """Check name and password; a session and onwards, or back with the reason."""

    async def proven(form: FormData, ip: str) -> Actor:
        return await accounts.sign_in(current.core(), _text(form, "name"), _text(form, "password"), ip=ip)

    return await _with_session(request, routes.SIGN_IN, proven)


async def register(request: Request) -> Response:
    """Make a student's account and sign in with it, or back with the reason."""

    async def proven(form: FormData, ip: str) -> Actor:
        return await accounts.register(
            current.core(), _text(form, "name"), _text(form, "display_name"), _text(form, "password"), ip=ip
        )

    return await _with_session(request, routes.REGISTER, proven)


async def sign_out(request: Request) -> Response:
    """End the session here and now, also for whoever copied its cookie."""
    if not _from_our_pages(request):
        return PlainTextResponse(_FOREIGN, 403)
    settings = current.core().settings
    response = _redirect(routes.LANDING)
    try:
        token = cookies.session_of(request.headers.get("cookie", ""), settings)
        await sessions.revoke(current.core(), token, ip=client_ip(request))
    except Exception:  # the browser forgets the session in any case
        log.exception("a session could not be revoked", extra=_ids(request))
    cookies.end_session(response, settings)
    return response


async def _with_session(request: Request, page: str, prove: Callable[[FormData, str], Awaitable[Actor]]) -> Response:
    if not _from_our_pages(request):
        return PlainTextResponse(_FOREIGN, 403)
    if not 0 <= _length(request) <= MAX_FORM_BYTES:
        return PlainTextResponse(_TOO_LARGE, 413)
    settings = current.core().settings
    form = await request.form(max_files=0, max_fields=10, max_part_size=MAX_FORM_BYTES)
    onwards = routes.safe_next(_text(form, "next"))
    try:
        actor = await prove(form, client_ip(request))
        token = await sessions.issue(actor, current.core())
    except CodeRunnerError as error:
        metrics.refused(error)
        return _back(page, onwards, error.message)
    except Exception:
        log.exception("an account form failed", extra=_ids(request))
        return _back(page, onwards, APOLOGY)
    response = _redirect(onwards)
    cookies.set_session(response, token, settings)
    cookies.end_message(response, settings)
    return response


def client_ip(request: Request) -> str:
    """The address of the browser, as far as the proxies in front are trusted to tell it."""
    hops = current.core().settings.trusted_proxy_hops
    told = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",") if one.strip()]
    if hops and len(told) >= hops:
        return told[-hops]
    return request.client.host if request.client else ""


def _from_our_pages(request: Request) -> bool:
    """Browsers say where a form comes from; what does not say it is no browser, and no form of ours."""
    return request.headers.get("origin", "") in allowed_origins(current.core().settings)


def _back(page: str, onwards: str, message: str) -> Response:
    address = page if onwards == routes.CURRICULUM else f"{page}?{routes.next_query(onwards)}"
    response = _redirect(address)
    cookies.set_message(response, message, current.core().settings)
    return response


def _redirect(address: str) -> Response:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _length(request: Request) -> int:
    try:
        return int(request.headers.get("content-length", "-1"))
    except ValueError:
        return -1


def _ids(request: Request) -> dict[str, str]:
    return {"request_id": getattr(request.state, "request_id", "")}
