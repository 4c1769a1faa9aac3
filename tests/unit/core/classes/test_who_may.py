"""Who is refused: every service about one class, asked by everybody who has no business with it."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

import pytest

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotAllowed, NotFound, NotSignedIn
from coderunner_core.services.people import accounts
from coderunner_core.services.teaching import assigned, assignments, class_lists, class_members, classes, join_codes
from coderunner_core.services.teaching.assignments import AssignmentDraft
from coderunner_core.services.teaching.class_views import QuotaOverride
from coderunner_core.services.teaching.classes import ClassSettings
from coderunner_core.services.watching import live
from tests.unit.conftest import PASSWORD

Call = Callable[[Actor | None, Core, int], Awaitable[Any]]

DRAFT = AssignmentDraft("Loops", ["countdown"])
ADA = 1  # a number that is somebody's, in each of these cases

# Every service that takes a class, with a payload that would do it.
OF_A_CLASS: dict[str, Call] = {
    "classes.rename": lambda who, core, it: classes.rename(who, core, it, "Mine"),
    "classes.archive": lambda who, core, it: classes.archive(who, core, it),
    "classes.unarchive": lambda who, core, it: classes.unarchive(who, core, it),
    "classes.change_settings": lambda who, core, it: classes.change_settings(
        who, core, it, ClassSettings(None, True, QuotaOverride(runs_per_day=9000))
    ),
    "class_lists.detail": lambda who, core, it: class_lists.detail(who, core, it),
    "join_codes.make": lambda who, core, it: join_codes.make(who, core, it),
    "join_codes.revoke": lambda who, core, it: join_codes.revoke(who, core, it),
    "class_members.add_teacher": lambda who, core, it: class_members.add_teacher(who, core, it, "knuth"),
    "class_members.remove_teacher": lambda who, core, it: class_members.remove_teacher(who, core, it, ADA),
    "class_members.remove_student": lambda who, core, it: class_members.remove_student(who, core, it, ADA),
    "class_members.reset_password": lambda who, core, it: class_members.reset_password(who, core, it, ADA),
    "class_members.preview": lambda who, core, it: class_members.preview(who, core, it, "barbara"),
    "class_members.add_students": lambda who, core, it: class_members.add_students(who, core, it, "barbara"),
    "assignments.create": lambda who, core, it: assignments.create(who, core, it, DRAFT),
    "assignments.edit": lambda who, core, it: assignments.edit(who, core, it, 1, DRAFT),
    "assignments.delete": lambda who, core, it: assignments.delete(who, core, it, 1),
    "assigned.of_class": lambda who, core, it: assigned.of_class(who, core, it),
    "assigned.report": lambda who, core, it: assigned.report(who, core, it, 1),
    "live.open": lambda who, core, it: live.open(who, core, it),
    "live.squares": lambda who, core, it: live.squares(who, core, it, ADA, "countdown"),
    "live.change": lambda who, core, it: live.change(who, core, it, [(ADA, "countdown")]),
}
MODULES = (classes, class_lists, join_codes, class_members, assignments, assigned, live)


def _takes_a_class(module: ModuleType) -> list[str]:
    short = module.__name__.rsplit(".", 1)[-1]
    return [
        f"{short}.{name}"
        for name, service in inspect.getmembers(module, inspect.iscoroutinefunction)
        if service.__module__ == module.__name__
        and not name.startswith("_")
        and "class_id" in inspect.signature(service).parameters
    ]


def test_the_table_is_complete() -> None:
    """A new service about a class is refused to somebody, or this fails."""
    assert sorted(name for module in MODULES for name in _takes_a_class(module)) == sorted(OF_A_CLASS)


@pytest.mark.parametrize("name", OF_A_CLASS)
async def test_refused(name: str, core: Core, hopper: Actor, ada: Actor, knuth: Actor, class_id: int) -> None:
    """A teacher of another class, a student of this class, a student of none, and nobody."""
    await assignments.create(hopper, core, class_id, DRAFT)
    await classes.create(knuth, core, "Other")
    grace = await accounts.register(core, "grace", "Grace", PASSWORD, ip="10.0.0.1")
    for who, refusal in ((knuth, NotFound), (ada, NotAllowed), (grace, NotAllowed), (None, NotSignedIn)):
        with pytest.raises(refusal):
            await OF_A_CLASS[name](who, core, class_id)
    before = await class_lists.detail(hopper, core, class_id)
    assert (before.name, before.archived, len(before.students), before.drafts_watched) == (
        "7b Computing",
        False,
        2,
        False,
    )


async def test_what_is_ones_own_is_refused_to_nobody_alone(core: Core) -> None:
    """These take no class, so there is none to forge."""
    for call in (class_lists.mine(None, core), assigned.mine(None, core), join_codes.join(None, core, "CCCCCCCC")):
        with pytest.raises(NotSignedIn):
            await call
