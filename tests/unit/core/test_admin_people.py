"""Accounts as an admin sees and changes them: who may, what cannot be taken away, what is written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotFound, NotSignedIn, SignInFailed
from coderunner_core.models import Role
from coderunner_core.services import permissions
from coderunner_core.services.people import accounts, admin_people, departures, sessions
from coderunner_core.services.reviewing import history
from coderunner_core.services.teaching import class_lists
from coderunner_core.services.upkeep import audit_log
from coderunner_core.services.upkeep.audit_log import Filters
from tests.unit.conftest import PASSWORD
from tests.unit.core.school import make_admin, make_class

ACTIONS: dict[str, Callable[[Actor | None, Core, Actor], Awaitable[Any]]] = {
    "find": lambda actor, core, _: admin_people.find(actor, core),
    "create": lambda actor, core, _: admin_people.create(actor, core, "new", "", "student"),
    "set_role": lambda actor, core, whom: admin_people.set_role(actor, core, whom.user_id, "admin"),
    "disable": lambda actor, core, whom: admin_people.disable(actor, core, whom.user_id),
    "enable": lambda actor, core, whom: admin_people.enable(actor, core, whom.user_id),
    "log": lambda actor, core, _: audit_log.read(actor, core, Filters()),
    "actions": lambda actor, core, _: audit_log.actions(actor, core),
    "export": lambda actor, core, _: audit_log.export(actor, core, Filters()),
}


@pytest.mark.parametrize("who", ["nobody", "ada", "hopper"])
@pytest.mark.parametrize("action", ACTIONS)
async def test_only_admins_do_what_admins_do(
    core: Core, ada: Actor, alan: Actor, hopper: Actor, action: str, who: str
) -> None:
    """Neither to others nor to themselves."""
    actor = {"ada": ada, "hopper": hopper}.get(who)
    for whom in (alan, actor or ada):
        with pytest.raises((NotSignedIn, NotAllowed)):
            await ACTIONS[action](actor, core, whom)
    assert [user.role for user in await accounts.list_users(core)] == ["student", "student", "teacher"]


async def test_everybody_is_found_page_by_page(core: Core) -> None:
    """By name, each exactly once."""
    admin = await make_admin(core)
    async with core.database.writing() as session:
        session.add_all([_user(f"s{n:03}") for n in range(120)])
    seen, after, pages = [], "", 0
    while True:
        page = await admin_people.find(admin, core, role="student", after=after)
        seen += [row.name for row in page.rows]
        after, pages = page.next_after, pages + 1
        if not after:
            break
    assert (seen, pages) == ([f"s{n:03}" for n in range(120)], 3)


@pytest.mark.parametrize(
    ("text", "role", "found"),
    [
        ("", "", ["ada", "alan", "hopper", "lovelace"]),
        ("AD", "", ["ada"]),
        ("ms hop", "", ["hopper"]),
        ("", "student", ["ada", "alan"]),
        ("%", "", []),
        ("_", "", []),
        ("a", "teacher", []),
    ],
)
async def test_a_search(
    core: Core, ada: Actor, alan: Actor, hopper: Actor, text: str, role: str, found: list[str]
) -> None:
    """In names and shown names; signs that mean something to SQL are signs like others."""
    admin = await make_admin(core)
    assert [row.name for row in (await admin_people.find(admin, core, text, role)).rows] == found


async def test_the_list_says_who_is_in_classes(core: Core, ada: Actor, hopper: Actor) -> None:
    """As a student or a teacher."""
    await make_class(core, hopper, ada)
    await make_class(core, hopper)
    page = await admin_people.find(await make_admin(core), core)
    assert {row.name: (row.classes, row.is_me) for row in page.rows} == {
        "ada": (1, False),
        "hopper": (2, False),
        "lovelace": (0, True),
    }


async def test_a_made_account_can_sign_in(core: Core) -> None:
    """With the password that was shown, in the role that was chosen."""
    made = await admin_people.create(await make_admin(core), core, "Turing", "Mr Turing", "teacher")
    actor = await accounts.sign_in(core, "turing", made.password, ip="1")
    assert (actor.role, actor.display_name) == (Role.TEACHER, "Mr Turing")


async def test_a_role_that_is_changed_counts_at_once(core: Core, ada: Actor) -> None:
    """Also in a session that is open."""
    token = await sessions.issue(ada, core)
    await admin_people.set_role(await make_admin(core), core, ada.user_id, "teacher")
    assert (await sessions.verify(core, token)).role is Role.TEACHER


async def test_nobody_changes_their_own_role(core: Core) -> None:
    """Not even down: another admin does it."""
    admin = await make_admin(core)
    with pytest.raises(NotAllowed, match="their own role"):
        await admin_people.set_role(admin, core, admin.user_id, "student")
    with pytest.raises(NotAllowed, match="your own account"):
        await admin_people.disable(admin, core, admin.user_id)


async def test_who_is_disabled_is_out_until_enabled(core: Core, ada: Actor) -> None:
    """Open sessions end, signing in says no more than a wrong password does."""
    admin, token = await make_admin(core), await sessions.issue(ada, core)
    await admin_people.disable(admin, core, ada.user_id)
    with pytest.raises(NotSignedIn):
        await sessions.verify(core, token)
    with pytest.raises(SignInFailed):
        await accounts.sign_in(core, "ada", PASSWORD, ip="1")
    await admin_people.enable(admin, core, ada.user_id)
    assert (await accounts.sign_in(core, "ada", PASSWORD, ip="1")).name == "ada"


@pytest.mark.parametrize("step", ["demote", "disable", "delete"])
async def test_two_admins_cannot_take_each_other_away(core: Core, step: str) -> None:
    """Even with sessions from before: somebody can always run the place."""
    first, second = await make_admin(core), await make_admin(core, "second")

    async def take(actor: Actor, whom: Actor) -> None:
        if step == "demote":
            await admin_people.set_role(actor, core, whom.user_id, "student")
        elif step == "disable":
            await admin_people.disable(actor, core, whom.user_id)
        else:
            await departures.delete_person(actor, core, whom.user_id)

    await take(first, second)
    with pytest.raises(NotAllowed, match="last admin"):
        await take(second, first)  # an actor that was verified a moment before


@pytest.mark.parametrize("role", ["", "root", "ADMIN"])
async def test_a_role_that_there_is_not(core: Core, ada: Actor, role: str) -> None:
    """Refused in words."""
    with pytest.raises(BadInput):
        await admin_people.set_role(await make_admin(core), core, ada.user_id, role)


async def test_somebody_who_is_not_there(core: Core) -> None:
    """Refused in words."""
    with pytest.raises(NotFound):
        await admin_people.set_role(await make_admin(core), core, 999, "teacher")


def _user(name: str) -> Any:
    from coderunner_core.models import User

    return User(name=name, display_name=name, password_hash="x")


async def test_who_becomes_a_teacher_goes_to_no_class_any_more(
    core: Core, ada: Actor, alan: Actor, hopper: Actor
) -> None:
    """Else those who taught them would read a colleague's work, and on the class page see what they do now."""
    admin = await make_admin(core)
    class_id = await make_class(core, hopper, ada, alan)
    await admin_people.set_role(admin, core, ada.user_id, "teacher")
    assert [one.name for one in (await class_lists.detail(hopper, core, class_id)).students] == ["alan"]
    with pytest.raises(NotFound):
        await history.page(hopper, core, ada.user_id)


async def test_a_colleague_who_is_in_a_class_all_the_same_is_nobodys_student(
    core: Core, ada: Actor, hopper: Actor
) -> None:
    """Joining and being raised may fall into one moment."""
    await admin_people.set_role(await make_admin(core), core, ada.user_id, "teacher")
    await make_class(core, hopper, ada)
    with pytest.raises(NotFound):
        await permissions.taught_student(hopper, core, ada.user_id)
