"""Reads the log of who did what, for admins; hands it out as CSV; and forgets what is older than AUDIT_DAYS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, or_, select

from coderunner_core import spreadsheet
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput
from coderunner_core.models import AuditEntry, User, utc_now
from coderunner_core.moments import ms
from coderunner_core.services import audit, permissions
from coderunner_core.services.people import accounts
from coderunner_core.services.people.admin_views import AuditPage, AuditRow

PAGE = 50
_BATCH = 500
_LATELY = 1_000  # entries; a log of a year has hundreds of thousands, and a few dozen kinds
_HEAD = ("at", "actor", "action", "target", "details", "address")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; empty means everything."""

    person: str = ""  # a name: what they did, and what was done to them
    action: str = ""
    day: str = ""  # YYYY-MM-DD, in UTC


async def read(actor: Actor | None, core: Core, filters: Filters, before: int = 0) -> AuditPage:
    """Entries, the newest first; ``before`` is the last id that was seen. Raises NotSignedIn, NotAllowed, BadInput."""
    permissions.admin(actor)
    rows = await _rows(core, filters, before, PAGE + 1)
    return AuditPage(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else 0)


async def actions(actor: Actor | None, core: Core) -> list[str]:
    """The kinds of things that were done lately, to choose from. Raises NotSignedIn and NotAllowed."""
    permissions.admin(actor)
    newest = select(AuditEntry.action).order_by(col(AuditEntry.id).desc()).limit(_LATELY).subquery()
    async with core.database.reading() as session:
        return list((await session.exec(select(newest.c.action).distinct().order_by(newest.c.action))).all())


async def export(actor: Actor | None, core: Core, filters: Filters, *, ip: str = "") -> AsyncIterator[str]:
    """The pieces of a CSV file; that it was asked for is written down. Raises NotSignedIn, NotAllowed and BadInput."""
    actor = permissions.admin(actor)
    await _conditions(core, filters)  # what cannot be looked for is refused before the first byte
    async with core.database.writing() as session:
        audit.record(session, actor, "audit.export", ip=ip)
    return _csv(core, filters)


async def purge(core: Core) -> int:
    """Delete what is older than AUDIT_DAYS, a batch a transaction; how many entries."""
    until = utc_now() - timedelta(days=core.settings.audit_days)
    old = select(AuditEntry.id).where(col(AuditEntry.at) < until).limit(_BATCH)
    deleted = 0
    while True:
        async with core.database.writing() as session:
            done = await session.exec(
                delete(AuditEntry).where(col(AuditEntry.id).in_(old)).execution_options(synchronize_session=False)
            )
        deleted += done.rowcount
        if done.rowcount < _BATCH:
            return deleted


async def _csv(core: Core, filters: Filters) -> AsyncIterator[str]:
    yield spreadsheet.BOM + spreadsheet.line(_HEAD)
    before = 0
    while rows := await _rows(core, filters, before, _BATCH):
        yield "".join(
            spreadsheet.line((row.at, row.actor, row.action, row.target, row.details, row.ip)) for row in rows
        )
        before = rows[-1].id


async def _rows(core: Core, filters: Filters, before: int, limit: int) -> list[AuditRow]:
    conditions = await _conditions(core, filters)
    if before:
        conditions.append(col(AuditEntry.id) < before)
    statement = select(AuditEntry).where(*conditions).order_by(col(AuditEntry.id).desc()).limit(limit)
    async with core.database.reading() as session:
        found = (await session.exec(statement)).all()
    return [
        AuditRow(
            one.id or 0, one.at.isoformat(), ms(one.at), one.actor_name, one.action, one.target, one.details, one.ip
        )
        for one in found
    ]


async def _conditions(core: Core, filters: Filters) -> list[Any]:
    conditions: list[Any] = []
    if filters.action:
        conditions.append(AuditEntry.action == filters.action)
    if filters.day:
        begin = _midnight(filters.day)
        conditions += [col(AuditEntry.at) >= begin, col(AuditEntry.at) < begin + timedelta(days=1)]
    if name := accounts.fold(filters.person):
        async with core.database.reading() as session:
            user_id = (await session.exec(select(User.id).where(User.name == name))).first()
        done = AuditEntry.actor_name == name
        known = audit.person(user_id, name)
        suffered = col(AuditEntry.target).contains(known, autoescape=True)
        conditions.append(done if user_id is None else or_(done, suffered))
    return conditions


def _midnight(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC)
    except ValueError:
        raise BadInput("Choose a day like 2026-11-22.") from None
