"""Deleting a person: nothing of theirs is left anywhere, and what others need stays."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed, NotFound, NotSignedIn
from coderunner_core.models import AuditEntry, Comment, SchoolClass, User
from coderunner_core.services.people import accounts, departures, on_behalf, own_account, own_data, sessions
from coderunner_core.services.running import runs
from tests.fakes import FakeEvents, open_fake_core
from tests.unit.conftest import PASSWORD
from tests.unit.core.school import MARK, everything, make_admin, make_class, work


async def test_nothing_of_a_deleted_person_is_found_anywhere(core: Core, ada: Actor, hopper: Actor) -> None:
    """Neither name nor sources nor what was said about them, in any table or in the result store."""
    await make_class(core, hopper, ada)
    run_id = await work(core, ada, hopper)
    await accounts.sign_in(core, "ada", PASSWORD, ip="10.9.8.7")
    await on_behalf.reset_password(hopper, core, ada.user_id)
    await departures.delete_person(await make_admin(core), core, ada.user_id)
    left = await everything(core)
    found = [what for what in (MARK, r"\bada\b", r"\bAda\b", "10.9.8.7", run_id) if re.search(what, left)]
    assert (found, await core.results.get(run_id)) == ([], None)


async def test_the_log_still_says_what_happened(core: Core, ada: Actor, hopper: Actor) -> None:
    """By a pseudonym that belongs to one account and tells no name."""
    await make_class(core, hopper, ada)
    await on_behalf.reset_password(hopper, core, ada.user_id)
    await departures.delete_person(await make_admin(core), core, ada.user_id)
    async with core.database.reading() as session:
        entries = (await session.exec(select(AuditEntry).order_by(AuditEntry.id))).all()  # type: ignore[arg-type]
    gone = f"deleted person (user {ada.user_id})"
    told = [(entry.actor_name, entry.action, entry.target) for entry in entries if entry.action != "user.create"]
    assert told == [
        (gone, "register", ""),
        ("hopper", "password.reset", gone),
        ("lovelace", "person.delete", gone),
    ]


async def test_a_name_that_is_part_of_another_stays(core: Core, ada: Actor) -> None:
    """Only the person's own name is taken out of the log, not every word that looks like it."""
    admin = await make_admin(core)
    adams = await accounts.register(core, "nevada", "", PASSWORD, ip="1")
    await on_behalf.reset_password(admin, core, adams.user_id)
    await departures.delete_person(admin, core, ada.user_id)
    async with core.database.reading() as session:
        entry = (await session.exec(select(AuditEntry).where(AuditEntry.action == "password.reset"))).one()
    assert entry.target == f"nevada (user {adams.user_id})"


async def test_what_a_teacher_said_stays_without_their_name(core: Core, ada: Actor, hopper: Actor) -> None:
    """The comment is the student's to read; the class is there for whoever teaches it next."""
    await make_class(core, hopper, ada)
    await work(core, ada, hopper)
    await departures.delete_person(await make_admin(core), core, hopper.user_id)
    async with core.database.reading() as session:
        authors = (await session.exec(select(Comment.author_id).order_by(Comment.id))).all()  # type: ignore[arg-type]
        classes = (await session.exec(select(SchoolClass.created_by))).all()
    assert (list(authors), list(classes)) == ([None, ada.user_id], [None])


async def test_more_runs_than_fit_into_one_step(tmp_path) -> None:
    """A deletion in several transactions still deletes all."""
    async with open_fake_core(tmp_path, queued_runs_per_user=1000, runs_per_minute=1000, runs_per_day=1000) as core:
        ada = await accounts.register(core, "ada", "", PASSWORD, ip="1")
        for _ in range(7):
            await runs.submit(ada, core, "countdown", RunKind.RUN, "print(1)")
        await departures.delete(core, ada, ada.user_id, batch=3)
        async with core.database.reading() as session:
            assert (await session.exec(select(User))).all() == []


async def test_what_still_runs_is_stopped_and_forgotten(core: Core, ada: Actor, events: FakeEvents) -> None:
    """The worker is told; its verdict finds nobody."""
    run = await runs.submit(ada, core, "countdown", RunKind.RUN, "while True: pass")
    await departures.delete_person(await make_admin(core), core, ada.user_id)
    assert (events.said[-1], core.quotas.taken) == (("stop", run.id), {})  # type: ignore[attr-defined]


async def test_a_deletion_that_was_interrupted_can_be_repeated(core: Core, ada: Actor, hopper: Actor) -> None:
    """Until then nobody can sign in to what is left."""
    await work(core, ada, hopper)
    token = await sessions.issue(ada, core)
    await departures.close(core, ada.user_id)
    with pytest.raises(NotSignedIn):
        await sessions.verify(core, token)
    admin = await make_admin(core)
    await departures.delete_person(admin, core, ada.user_id)
    with pytest.raises(NotFound):
        await departures.delete_person(admin, core, ada.user_id)


async def test_who_may_delete_others(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """An admin, and nobody else, not even their teacher; an admin themselves not by this way."""
    await make_class(core, hopper, ada)
    admin = await make_admin(core)
    for actor, whom in [(None, ada), (ada, alan), (ada, ada), (hopper, ada), (admin, admin)]:
        with pytest.raises((NotSignedIn, NotAllowed)):
            await departures.delete_person(actor, core, whom.user_id)
    assert len(await accounts.list_users(core)) == 4


async def test_people_delete_themselves_with_their_password(core: Core, ada: Actor) -> None:
    """A page that somebody left open is not enough."""
    with pytest.raises(NotAllowed, match="not your current password"):
        await own_account.delete(ada, core, "wrong password")
    await own_account.delete(ada, core, PASSWORD)
    assert await accounts.list_users(core) == []


async def test_the_last_admin_stays(core: Core) -> None:
    """Somebody can always run the place."""
    admin = await make_admin(core)
    with pytest.raises(NotAllowed, match="last admin"):
        await own_account.delete(admin, core, PASSWORD)
    await make_admin(core, "second")
    await own_account.delete(admin, core, PASSWORD)
    assert [user.name for user in await accounts.list_users(core)] == ["second"]


async def test_a_place_may_want_to_delete_accounts_itself(tmp_path) -> None:
    """A school that must keep records for a while."""
    async with open_fake_core(tmp_path, self_deletion=False) as core:
        ada = await accounts.register(core, "ada", "", PASSWORD, ip="1")
        with pytest.raises(NotAllowed, match="by the people who run this place"):
            await own_account.delete(ada, core, PASSWORD)


async def test_an_export_of_nobody(core: Core) -> None:
    """Answered before the first byte."""
    with pytest.raises(NotFound):
        await own_data.export_person(await make_admin(core), core, 999)
