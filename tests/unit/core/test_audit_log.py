"""The log of who did what: what is in it, how it is searched, handed out and forgotten."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, SignInFailed
from coderunner_core.models import AuditEntry, utc_now
from coderunner_core.services.people import accounts, admin_people, on_behalf, sessions
from coderunner_core.services.upkeep import audit_log
from coderunner_core.services.upkeep.audit_log import Filters
from tests.fakes import open_fake_core
from tests.unit.conftest import PASSWORD
from tests.unit.core.school import make_admin


async def test_signing_in_and_out_and_failing_to_are_in_it(core: Core, ada: Actor) -> None:
    """With the address; a name that nobody has is not repeated, since it may be a password."""
    actor = await accounts.sign_in(core, "ada", PASSWORD, ip="10.0.0.9")
    await sessions.revoke(core, await sessions.issue(actor, core), ip="10.0.0.9")
    for name in ("ada", "my secret password"):
        with pytest.raises(SignInFailed):
            await accounts.sign_in(core, name, "wrong password", ip="10.0.0.9")
    rows = (await audit_log.read(await make_admin(core), core, Filters())).rows
    assert [(row.actor, row.action, row.target) for row in rows[1:-1] if row.ip == "10.0.0.9"] == [
        ("", "sign_in.failed", "a name that nobody has"),
        ("", "sign_in.failed", f"ada (user {ada.user_id})"),
        ("ada", "sign_out", ""),
        ("ada", "sign_in", ""),
    ]


async def test_nobody_fills_the_log_with_failures(core: Core) -> None:
    """An address may cause so many entries an hour, and no more."""
    for n in range(50):
        with pytest.raises(SignInFailed):
            await accounts.sign_in(core, f"guess{n}", "wrong password", ip="10.0.0.9")
    rows = (await audit_log.read(await make_admin(core), core, Filters(action="sign_in.failed"))).rows
    assert len(rows) == 30


async def test_it_is_searched_by_person_action_and_day(core: Core, ada: Actor, alan: Actor) -> None:
    """A person's entries are what they did and what was done to them."""
    admin = await make_admin(core)
    await on_behalf.reset_password(admin, core, ada.user_id)
    await admin_people.set_role(admin, core, alan.user_id, "teacher")
    today, yesterday = (f"{utc_now() - timedelta(days=days):%Y-%m-%d}" for days in (0, 1))

    async def found(**filters: str) -> list[str]:
        return [row.action for row in (await audit_log.read(admin, core, Filters(**filters))).rows]

    assert (
        await found(person="Ada"),
        await found(person="alan", action="role.change"),
        await found(person="somebody else"),
        await found(day=yesterday),
        len(await found(day=today)),
    ) == (["password.reset", "register"], ["role.change"], [], [], 5)


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "'; DROP TABLE"])
async def test_a_day_that_is_none(core: Core, day: str) -> None:
    """Refused in words."""
    with pytest.raises(BadInput, match="Choose a day"):
        await audit_log.read(await make_admin(core), core, Filters(day=day))


async def test_pages_follow_each_other_without_a_gap(core: Core) -> None:
    """Also while entries are added at the top."""
    admin = await make_admin(core)
    async with core.database.writing() as session:
        session.add_all([AuditEntry(action="test", target=str(n)) for n in range(120)])
    seen, before = [], 0
    while True:
        page = await audit_log.read(admin, core, Filters(action="test"), before)
        seen += [row.target for row in page.rows]
        async with core.database.writing() as session:
            session.add(AuditEntry(action="test", target="later"))
        if not (before := page.next_before):
            break
    assert seen == [str(n) for n in reversed(range(120))]


async def test_the_export_is_csv_of_what_was_looked_for(core: Core) -> None:
    """More than fits into one piece, and nothing in it is a formula; that it was asked for is in the log, too."""
    admin = await make_admin(core)
    async with core.database.writing() as session:
        session.add_all([AuditEntry(action="test", details="=1+1") for _ in range(700)])
    pieces = await audit_log.export(admin, core, Filters(action="test"))
    text = "".join([piece async for piece in pieces])
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    newest = (await audit_log.read(admin, core, Filters())).rows[0]
    assert (rows[0][:2], len(rows), {row[4] for row in rows[1:]}, newest.action) == (
        ["at", "actor"],
        701,
        {"'=1+1"},
        "audit.export",
    )


async def test_what_is_older_than_its_days_is_forgotten(tmp_path) -> None:
    """AUDIT_DAYS says how long."""
    async with open_fake_core(tmp_path, audit_days=30) as core:
        async with core.database.writing() as session:
            session.add_all([AuditEntry(action="test", at=utc_now() - timedelta(days=days)) for days in (29, 31)])
        assert await audit_log.purge(core) == 1
