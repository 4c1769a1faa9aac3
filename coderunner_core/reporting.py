"""Sends errors to Sentry where a DSN is set: what went wrong and where, never what a student wrote."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import sentry_sdk
from structlog.contextvars import get_contextvars

from coderunner_core.logs import is_ours, place_of
from coderunner_core.settings import Settings

_PERSONAL = ("request", "user", "breadcrumbs", "extra", "contexts", "transaction")
_IDS = ("request_id", "job_id", "user_id")


def configure(service: str, settings: Settings) -> None:
    """Report errors of this process from now on; without a DSN nothing ever leaves."""
    dsn = settings.sentry_dsn.get_secret_value()
    if not dsn:
        return
    sentry_sdk.init(
        dsn=dsn,
        environment=settings.coderunner_env,
        release=settings.release or None,
        server_name=service,
        send_default_pii=False,
        include_local_variables=False,  # they hold programs, inputs and tokens
        max_request_body_size="never",
        before_send=_without_people,  # type: ignore[arg-type]
    )


def _without_people(event: dict[str, Any], hint: Mapping[str, Any]) -> dict[str, Any]:
    """Drop what could hold a cookie, a name or a program; ids that help to find the log line stay in the tags."""
    extra = event.get("extra") or {}
    known = {name: extra[name] for name in _IDS if name in extra}
    event["tags"] = {**(event.get("tags") or {}), **_ids_of_the_request(), **known}
    for name in _PERSONAL:
        event.pop(name, None)
    for error in (event.get("exception") or {}).get("values", []):
        error.pop("value", None)  # the words of an exception may quote what it failed on
    record = hint.get("log_record")
    if isinstance(record, logging.LogRecord):
        event["logentry"] = {"message": _constant_words(record)}
    return event


def _constant_words(record: logging.LogRecord) -> str:
    """Our own words without what was put into them; libraries format theirs themselves, so of these the place."""
    return str(record.msg) if is_ours(record.name) else f"{record.name} at {place_of(record)}"


def _ids_of_the_request() -> dict[str, Any]:
    bound = get_contextvars()
    return {name: bound[name] for name in _IDS if name in bound}
