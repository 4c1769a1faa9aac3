"""The whole web process as one ASGI app: events, pages, accounts and health on one port, and so one origin."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coderunner_app import routes, wiring
from coderunner_app.http import accounts, debug, downloads, health, metrics, outputs, own_account, public
from coderunner_app.http.headers import COMMON
from coderunner_app.http.pages import BUILD, Pages, reserved
from coderunner_app.http.request_id import RequestIds
from coderunner_app.origins import allowed_origins
from coderunner_app.socket_limits import limit_events
from coderunner_core.settings import load_settings


def create() -> ASGIApp:
    """What the server calls once in each of its processes. Raises Misconfigured and NotBuilt."""
    from coderunner_app.coderunner_app import app  # builds every page: only the process that serves them should

    settings = load_settings()
    wiring.wire(app, settings)
    events = app()
    limit_events(app)
    ours = Starlette(routes=endpoints(debug_routes=settings.debug_routes))
    return RequestIds(OneOrigin(events, ours, Pages(BUILD, allowed_origins(settings))))


class OneOrigin:
    """Sends each request where it belongs, and every answer with the headers that all of them carry."""

    def __init__(self, events: ASGIApp, endpoints: ASGIApp, pages: ASGIApp) -> None:
        self._events, self._endpoints, self._pages = events, endpoints, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, one websocket, or the life of the process (which is Reflex's to manage)."""
        if scope["type"] != "http" or reserved(scope["path"]):
            await self._events(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in COMMON.items():
                    headers.setdefault(name, value)
            await send(message)

        ours = routes.is_endpoint(scope["path"])
        await (self._endpoints if ours else self._pages)(scope, receive, with_headers)


def endpoints(*, debug_routes: bool = False) -> list[Route]:
    """What is answered beside events and pages; tests/unit/app/authorisation_table.py has a row for each."""
    for_debugging = [
        Route(routes.DEBUG_QUEUES, debug.queues),
        Route(routes.DEBUG_PUSH, debug.push),
        Route(routes.DEBUG_SETTINGS, debug.settings),
    ]
    return [
        *(for_debugging if debug_routes else []),
        Route(routes.HEALTH, health.health),
        Route(routes.HEALTH_REDIS, health.redis_health),
        Route(routes.HEALTH_READY, health.ready),
        Route(routes.API_CURRICULUM, public.curriculum),
        Route(routes.API_PROBLEM, public.problem),
        Route(routes.OUTPUT, outputs.output),
        Route(routes.METRICS, metrics.metrics),
        Route(routes.DO_SIGN_IN, accounts.sign_in, methods=["POST"]),
        Route(routes.DO_REGISTER, accounts.register, methods=["POST"]),
        Route(routes.DO_SIGN_OUT, accounts.sign_out, methods=["POST"]),
        Route(routes.DO_CHANGE_PASSWORD, own_account.change_password, methods=["POST"]),
        Route(routes.DO_DELETE_ACCOUNT, own_account.delete, methods=["POST"]),
        Route(routes.CLASS_CSV, downloads.class_report("csv")),
        Route(routes.CLASS_JSON, downloads.class_report("json")),
        Route(routes.STUDENT_CSV, downloads.student_report("csv")),
        Route(routes.STUDENT_JSON, downloads.student_report("json")),
        Route(routes.OWN_DATA, downloads.own_data_file),
        Route(routes.PERSON_DATA, downloads.person_data_file),
        Route(routes.AUDIT_CSV, downloads.log_file),
    ]
