"""The code of a class: made, revoked, typed, guessed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotFound, TooMany
from coderunner_core.models import SchoolClass, utc_now
from coderunner_core.services.people import accounts
from coderunner_core.services.teaching import class_lists, classes, join_codes
from tests.unit.conftest import PASSWORD


@pytest.fixture
async def grace(core: Core) -> Actor:
    """A student of no class."""
    return await accounts.register(core, "grace", "Grace", PASSWORD, ip="10.0.0.1")


async def _names(hopper: Actor, core: Core, class_id: int) -> list[str]:
    return [one.name for one in (await class_lists.detail(hopper, core, class_id)).students]


async def test_a_student_joins_by_the_code_however_it_is_typed(
    core: Core, hopper: Actor, grace: Actor, class_id: int
) -> None:
    """Small letters, spaces and the dash of the board are fine; so is joining twice."""
    code = await join_codes.make(hopper, core, class_id)
    assert await join_codes.join(grace, core, f" {join_codes.shown(code).lower()} ") == class_id
    assert await join_codes.join(grace, core, code) == class_id
    assert await _names(hopper, core, class_id) == ["ada", "alan", "grace"]


async def test_a_code_shows_the_class_before_one_joins(core: Core, hopper: Actor, grace: Actor, class_id: int) -> None:
    """Its name and its teachers, and nothing of who is in it."""
    card = await join_codes.look(grace, core, await join_codes.make(hopper, core, class_id))
    assert (card.name, card.teachers, card.students) == ("7b Computing", ["Ms Hopper"], 0)


async def test_a_new_code_ends_the_old_one(core: Core, hopper: Actor, grace: Actor, class_id: int) -> None:
    """Whoever has only seen the old one does not come in."""
    old = await join_codes.make(hopper, core, class_id)
    new = await join_codes.make(hopper, core, class_id)
    assert old != new
    with pytest.raises(NotFound, match="No class has this code"):
        await join_codes.join(grace, core, old)


async def test_a_revoked_code_is_unknown(core: Core, hopper: Actor, grace: Actor, class_id: int) -> None:
    """As is an empty one, which no class without a code matches."""
    code = await join_codes.make(hopper, core, class_id)
    await join_codes.revoke(hopper, core, class_id)
    for typed in (code, "", "----"):
        with pytest.raises(NotFound):
            await join_codes.join(grace, core, typed)


async def test_an_expired_code_says_so(core: Core, hopper: Actor, grace: Actor, class_id: int) -> None:
    """After JOIN_CODE_DAYS."""
    code = await join_codes.make(hopper, core, class_id)
    async with core.database.writing() as session:
        row = await session.get_one(SchoolClass, class_id)
        assert row.join_code_expires_at is not None
        assert row.join_code_expires_at - utc_now() > timedelta(days=core.settings.join_code_days - 1)
        row.join_code_expires_at = utc_now() - timedelta(seconds=1)
    with pytest.raises(BadInput, match="expired"):
        await join_codes.join(grace, core, code)


async def test_an_archived_class_takes_nobody(core: Core, hopper: Actor, grace: Actor, class_id: int) -> None:
    """Nor does it get a new code."""
    code = await join_codes.make(hopper, core, class_id)
    await classes.archive(hopper, core, class_id)
    with pytest.raises(BadInput, match="has ended"):
        await join_codes.join(grace, core, code)
    with pytest.raises(BadInput, match="archived"):
        await join_codes.make(hopper, core, class_id)


async def test_guessing_is_slowed_down(core: Core, grace: Actor, class_id: int) -> None:
    """For one student, before the code is looked at."""
    for _ in range(core.settings.join_tries_per_user):
        with pytest.raises(NotFound):
            await join_codes.join(grace, core, "CCCCCCCC", ip="10.0.0.9")
    with pytest.raises(TooMany):
        await join_codes.join(grace, core, "CCCCCCCC", ip="10.0.0.9")


async def test_guessing_with_many_accounts_is_slowed_down(core: Core, ada: Actor, alan: Actor) -> None:
    """For one address."""
    core.throttle.counts["join-ip", "10.0.0.9"] = core.settings.join_tries_per_ip - 1  # type: ignore[attr-defined]
    with pytest.raises(NotFound):
        await join_codes.join(ada, core, "CCCCCCCC", ip="10.0.0.9")
    with pytest.raises(TooMany):
        await join_codes.join(alan, core, "CCCCCCCC", ip="10.0.0.9")


async def test_teachers_do_not_join(core: Core, hopper: Actor, knuth: Actor, class_id: int) -> None:
    """They are added as teachers."""
    with pytest.raises(NotAllowed):
        await join_codes.join(knuth, core, await join_codes.make(hopper, core, class_id))


async def test_a_full_class_takes_nobody(core: Core, hopper: Actor, grace: Actor, class_id: int) -> None:
    """The page would not hold them."""
    code = await join_codes.make(hopper, core, class_id)
    small = core.settings.model_copy(update={"students_per_class": 2})
    object.__setattr__(core, "settings", small)
    with pytest.raises(BadInput, match="full"):
        await join_codes.join(grace, core, code)


def test_a_code_cannot_be_misread() -> None:
    """No two of its letters look alike."""
    assert not set("0O1IL2Z5S8BUVAE") & set(join_codes.ALPHABET)
