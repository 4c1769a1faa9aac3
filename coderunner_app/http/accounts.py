"""Registering, signing in and signing out as plain form posts: only a plain answer can set a cookie no script reads."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from coderunner_app import cookies, current, routes
from coderunner_app.http import forms
from coderunner_core import metrics
from coderunner_core.actors import Actor
from coderunner_core.errors import APOLOGY, CodeRunnerError
from coderunner_core.services.people import accounts, sessions

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]


async def sign_in(request: Request) -> Response:
    """Check name and password; a session and onwards, or back with the reason."""

    async def proven(form: FormData, ip: str) -> Actor:
        return await accounts.sign_in(current.core(), forms.text(form, "name"), forms.text(form, "password"), ip=ip)

    return await _with_session(request, routes.SIGN_IN, proven)


async def register(request: Request) -> Response:
    """Make a student's account and sign in with it, or back with the reason."""

    async def proven(form: FormData, ip: str) -> Actor:
        return await accounts.register(
            current.core(),
            forms.text(form, "name"),
            forms.text(form, "display_name"),
            forms.text(form, "password"),
            ip=ip,
        )

    return await _with_session(request, routes.REGISTER, proven)


async def sign_out(request: Request) -> Response:
    """End the session here and now, also for whoever copied its cookie."""
    if not forms.from_our_pages(request):
        return PlainTextResponse(forms.FOREIGN, 403)
    settings = current.core().settings
    response = forms.redirect(routes.LANDING)
    try:
        token = cookies.session_of(request.headers.get("cookie", ""), settings)
        await sessions.revoke(current.core(), token, ip=forms.client_ip(request))
    except Exception:  # the browser forgets the session in any case
        log.exception("a session could not be revoked", extra=forms.ids(request))
    cookies.end_session(response, settings)
    return response


async def _with_session(request: Request, page: str, prove: Callable[[FormData, str], Awaitable[Actor]]) -> Response:
    if (refused := forms.refusal(request)) is not None:
        return refused
    settings = current.core().settings
    form = await forms.read(request)
    onwards = routes.safe_next(forms.text(form, "next"))
    try:
        actor = await prove(form, forms.client_ip(request))
        token = await sessions.issue(actor, current.core())
    except CodeRunnerError as error:
        metrics.refused(error)
        return forms.back(page, onwards, error.message)
    except Exception:
        log.exception("an account form failed", extra=forms.ids(request))
        return forms.back(page, onwards, APOLOGY)
    response = forms.redirect(onwards)
    cookies.set_session(response, token, settings)
    cookies.end_message(response, settings)
    return response
