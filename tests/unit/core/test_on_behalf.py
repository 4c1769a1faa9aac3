"""Accounts that others make and mend: who may, what is refused, and what a new password ends."""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from coderunner_core import readable
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, CodeRunnerError, NotAllowed, NotFound, NotSignedIn
from coderunner_core.models import AuditEntry, Role, User
from coderunner_core.services.people import accounts, on_behalf, sessions
from coderunner_core.services.people.on_behalf import Created, NewStudent
from tests.unit.conftest import PASSWORD
from tests.unit.core.school import make_class


async def test_students_sign_in_with_the_passwords_that_were_made(core: Core, hopper: Actor) -> None:
    """What is printed on the sheet works."""
    created = await on_behalf.create_students(hopper, core, [NewStudent("Ada", "Ada L"), NewStudent("b")])
    signed_in = [await accounts.sign_in(core, one.name, one.password, ip="1") for one in created]
    assert [(who.name, who.display_name, who.role) for who in signed_in] == [
        ("ada", "Ada L", Role.STUDENT),
        ("b", "b", Role.STUDENT),
    ]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "nobody in the list"),
        (["ok", "a b"], "Number 2, 'a b': The name may have"),
        (["grace", "Grace"], "'grace' is in the list twice"),
        (["new", "Hopper"], "taken: hopper"),
        ([f"s{n}" for n in range(201)], "At most 200"),
    ],
)
async def test_a_bad_list_makes_nobody(core: Core, hopper: Actor, names: list[str], said: str) -> None:
    """All or none, and the message names the place."""
    with pytest.raises(BadInput, match=said):
        await on_behalf.create_students(hopper, core, [NewStudent(name) for name in names])
    assert [user.name for user in await accounts.list_users(core)] == ["hopper"]


async def test_what_fails_beside_the_accounts_takes_them_along(core: Core, hopper: Actor) -> None:
    """Accounts and enrolments are one transaction."""

    async def fails(_session: AsyncSession, _created: list[Created]) -> None:
        raise NotFound("no such class")

    with pytest.raises(NotFound):
        await on_behalf.create_students(hopper, core, [NewStudent("ada")], also=fails)
    assert [user.name for user in await accounts.list_users(core)] == ["hopper"]


async def test_forty_accounts_let_others_read_and_write_meanwhile(core: Core, hopper: Actor) -> None:
    """Neither the event loop nor the write lock waits for argon2."""
    made = asyncio.create_task(on_behalf.create_students(hopper, core, [NewStudent(f"s{n}") for n in range(40)]))
    writes = 0
    while not made.done():
        async with core.database.writing() as session:
            session.add(AuditEntry(action="test"))
        writes += 1
        await asyncio.sleep(0)
    assert (len(await made), writes > 2) == (40, True)


@pytest.mark.parametrize("role", [None, Role.STUDENT])
async def test_students_and_strangers_make_nobody(core: Core, ada: Actor, role: Role | None) -> None:
    """Only teachers and admins make accounts for others."""
    with pytest.raises((NotSignedIn, NotAllowed)):
        await on_behalf.create_students(ada if role else None, core, [NewStudent("new")])


async def test_a_new_password_works_and_ends_what_was_open(core: Core, hopper: Actor, ada: Actor) -> None:
    """Whoever used the forgotten password is signed out everywhere."""
    await make_class(core, hopper, ada)
    token = await sessions.issue(ada, core)
    password = await on_behalf.reset_password(hopper, core, ada.user_id)
    with pytest.raises(NotSignedIn):
        await sessions.verify(core, token)
    again = await accounts.sign_in(core, "ada", password, ip="1")
    assert (await sessions.verify(core, await sessions.issue(again, core))).user_id == ada.user_id


async def test_who_may_reset_whose_password(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """A teacher those of their own students, an admin everybody's but their own."""
    admin = accounts.as_actor(await accounts.create_user(core, "lovelace", "", PASSWORD, Role.ADMIN))
    turing = accounts.as_actor(await accounts.create_user(core, "turing", "", PASSWORD, Role.TEACHER))
    await make_class(core, hopper, ada, turing)  # a teacher may sit in a class, too
    people_there = {"ada": ada, "alan": alan, "hopper": hopper, "turing": turing, "lovelace": admin}
    allowed = set()
    for who in [*people_there.values(), None]:
        for name, whom in people_there.items():
            try:
                await on_behalf.reset_password(who, core, whom.user_id)
                allowed.add((who.name if who else "", name))
            except CodeRunnerError:
                continue
    assert allowed == {
        ("hopper", "ada"),
        ("lovelace", "ada"),
        ("lovelace", "alan"),
        ("lovelace", "hopper"),
        ("lovelace", "turing"),
    }


async def test_a_reset_is_written_down_without_the_password(core: Core, hopper: Actor, ada: Actor) -> None:
    """The log says who and whom."""
    await make_class(core, hopper, ada)
    password = await on_behalf.reset_password(hopper, core, ada.user_id)
    async with core.database.reading() as session:
        entry = (await session.exec(select(AuditEntry).where(AuditEntry.action == "password.reset"))).one()
    assert (entry.actor_name, entry.target, password in entry.details) == ("hopper", f"ada (user {ada.user_id})", False)


async def test_a_reset_of_somebody_who_is_not_there(core: Core) -> None:
    """Answered in words."""
    admin = accounts.as_actor(await accounts.create_user(core, "lovelace", "", PASSWORD, Role.ADMIN))
    with pytest.raises(NotFound):
        await on_behalf.reset_password(admin, core, 999)


def test_words_of_passwords_are_as_many_as_argued() -> None:
    """256 different words are 8 bits each."""
    assert (len(WORDS := readable.WORDS), len(set(WORDS)), all(word.isalpha() for word in WORDS)) == (256, 256, True)


def test_a_password_is_three_words_and_four_digits() -> None:
    """Readable, and long enough for the rule that holds for all."""
    *words, digits = readable.password().split("-")
    assert (len(words), set(words) <= set(readable.WORDS), len(digits), digits.isdigit()) == (3, True, 4, True)


async def test_hash_of_a_created_account_is_its_own(core: Core, hopper: Actor) -> None:
    """No two accounts share a salt, and no password is stored."""
    created = await on_behalf.create_students(hopper, core, [NewStudent("ada"), NewStudent("alan")])
    async with core.database.reading() as session:
        users = (await session.exec(select(User).where(User.role == Role.STUDENT))).all()
    assert len({user.password_hash for user in users} | {one.password for one in created}) == 4
