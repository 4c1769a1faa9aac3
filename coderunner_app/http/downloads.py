"""Files to take along: reports, one's own data, the log. Asking changes nothing but the log, so a link is enough."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from coderunner_app import cookies, current
from coderunner_app.http import forms
from coderunner_core import metrics, spreadsheet
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import APOLOGY, CodeRunnerError
from coderunner_core.services.people import own_data, sessions
from coderunner_core.services.reviewing import reports
from coderunner_core.services.reviewing.reports import Form, ReportFile
from coderunner_core.services.upkeep import audit_log
from coderunner_core.services.upkeep.audit_log import Filters

log = logging.getLogger(__name__)

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
# Nobody in between keeps it, and no browser takes it for a page.
_PRIVATE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a file, and how."""

    actor: Actor
    core: Core
    request: Request

    @property
    def ip(self) -> str:
        """Their address, for the log."""
        return forms.client_ip(self.request)

    def number(self, name: str) -> int:
        """A number in the path."""
        return int(self.request.path_params[name])


Make = Callable[[Asked], Awaitable[ReportFile]]


def class_report(form: Form) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint for the report of a class."""

    async def make(asked: Asked) -> ReportFile:
        return await reports.class_file(asked.actor, asked.core, asked.number("class_id"), form, ip=asked.ip)

    return _endpoint(make)


def student_report(form: Form) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint for the report of a student."""

    async def make(asked: Asked) -> ReportFile:
        return await reports.student_file(asked.actor, asked.core, asked.number("student_id"), form, ip=asked.ip)

    return _endpoint(make)


async def _own(asked: Asked) -> ReportFile:
    pieces = await own_data.export_person(asked.actor, asked.core, asked.actor.user_id, ip=asked.ip)
    return ReportFile(spreadsheet.file_name(f"{asked.actor.name} code runner", "json"), pieces)


async def _of_person(asked: Asked) -> ReportFile:
    user_id = asked.number("user_id")
    pieces = await own_data.export_person(asked.actor, asked.core, user_id, ip=asked.ip)
    return ReportFile(spreadsheet.file_name(f"person {user_id}", "json"), pieces)


async def _log(asked: Asked) -> ReportFile:
    query = asked.request.query_params
    filters = Filters(query.get("person", ""), query.get("action", ""), query.get("day", ""))
    return ReportFile("log.csv", await audit_log.export(asked.actor, asked.core, filters, ip=asked.ip))


def _endpoint(make: Make) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        core = current.core()
        try:
            actor = await sessions.verify(core, cookies.session_of(request.headers.get("cookie", ""), core.settings))
            file = await make(Asked(actor, core, request))
        except CodeRunnerError as error:
            metrics.refused(error)
            return PlainTextResponse(f"{error.message}\n", error.status_code, _PRIVATE)
        except Exception:
            log.exception("a download failed", extra=forms.ids(request))
            return PlainTextResponse(f"{APOLOGY}\n", 500, _PRIVATE)
        headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{file.name}"'}
        return StreamingResponse(file.pieces, headers=headers, media_type=_TYPES[file.name.rpartition(".")[2]])

    return endpoint


own_data_file = _endpoint(_own)
person_data_file = _endpoint(_of_person)
log_file = _endpoint(_log)
