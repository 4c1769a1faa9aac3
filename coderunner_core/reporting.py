"""Sends errors to Sentry where a DSN is set: what went wrong and where, never what a student wrote."""

from __future__ import annotations

from typing import Any

import sentry_sdk

from coderunner_core.settings import Settings

_PERSONAL = ("request", "user", "breadcrumbs", "extra")


def configure(service: str, settings: Settings) -> None:
    """Report errors of this process from now on; without a DSN nothing ever leaves."""
    dsn = settings.sentry_dsn.get_secret_value()
    if not dsn:
        return
    sentry_sdk.init(
        dsn=dsn,
        environment=settings.coderunner_env,
        server_name=service,
        send_default_pii=False,
        include_local_variables=False,  # they hold programs, inputs and tokens
        max_request_body_size="never",
        before_send=_without_people,  # type: ignore[arg-type]
    )


def _without_people(event: dict[str, Any], _hint: object) -> dict[str, Any]:
    """Drop what could hold a cookie, a name or a program; ids that help to find the log line stay in the tags."""
    extra = event.get("extra") or {}
    event["tags"] = {**(event.get("tags") or {}), **{k: extra[k] for k in ("job_id", "user_id") if k in extra}}
    for name in _PERSONAL:
        event.pop(name, None)
    return event
