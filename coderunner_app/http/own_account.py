"""Another password and the end of an account, as plain form posts: both change the cookie that no script reads."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from coderunner_app import cookies, current, routes
from coderunner_app.http import forms
from coderunner_core import metrics
from coderunner_core.actors import Actor
from coderunner_core.errors import APOLOGY, BadInput, CodeRunnerError
from coderunner_core.services.people import own_account, sessions

log = logging.getLogger(__name__)


async def change_password(request: Request) -> Response:
    """Set another password: every session ends but the new one of this browser."""

    async def change(actor: Actor, form: FormData) -> Response:
        core, new = current.core(), forms.text(form, "new")
        if new != forms.text(form, "again"):
            raise BadInput("The new password was not typed the same way twice.")
        same = await own_account.change_password(
            actor, core, forms.text(form, "current"), new, ip=forms.client_ip(request)
        )
        response = forms.redirect(f"{routes.ACCOUNT}?done=password")
        cookies.set_session(response, await sessions.issue(same, core), core.settings)
        return response

    return await _as_themselves(request, change)


async def delete(request: Request) -> Response:
    """Delete the account of who asks, with everything that is theirs."""

    async def go(actor: Actor, form: FormData) -> Response:
        core = current.core()
        await own_account.delete(actor, core, forms.text(form, "password"))
        response = forms.redirect(routes.LANDING)
        cookies.end_session(response, core.settings)
        return response

    return await _as_themselves(request, go)


async def _as_themselves(request: Request, work: Callable[[Actor, FormData], Awaitable[Response]]) -> Response:
    if (refused := forms.refusal(request)) is not None:
        return refused
    core = current.core()
    try:
        actor = await sessions.verify(core, cookies.session_of(request.headers.get("cookie", ""), core.settings))
        response = await work(actor, await forms.read(request))
    except CodeRunnerError as error:
        metrics.refused(error)
        return forms.back(routes.ACCOUNT, routes.CURRICULUM, error.message)
    except Exception:
        log.exception("an account form failed", extra=forms.ids(request))
        return forms.back(routes.ACCOUNT, routes.CURRICULUM, APOLOGY)
    cookies.end_message(response, core.settings)
    return response
