"""A small school for the tests of who may do what: a class with Ada in it, and people who have no business there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from coderunner_core import passwords
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.models import (
    Activity,
    Assignment,
    AssignmentProblem,
    AuditEntry,
    ClassTeacher,
    Comment,
    Enrolment,
    Role,
    SchoolClass,
    User,
    utc_now,
)
from coderunner_core.services.learning import drafts
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs, verdicts
from tests import databases
from tests.fake_control import FakeControl, vitals

PASSWORD = "correct horse"
SECRET = "only-for-ada"  # stands in everything of Ada's; a page of a stranger must not show it
JOIN_CODE = "CDFGHJKM"
WORKER = "runner-1.run.1"  # the place of a worker that lives
DRAINED = "runner-1.run.2"  # and one where nobody shall work


@dataclass(frozen=True)
class World:
    """Who there is, and the ids of what belongs to Ada and to her class."""

    ada: Actor  # a student of Hopper's class
    alan: Actor  # a student of no class
    hopper: Actor  # teaches the class
    liskov: Actor  # teaches it, too
    perlis: Actor  # teaches another class
    lovelace: Actor  # an admin
    run_id: str
    stuck_run_id: str  # Liskov's, in the hands of a worker that is gone
    class_id: int
    other_class_id: int  # Perlis's
    assignment_id: int
    comment_id: int
    password: str = PASSWORD
    join_code: str = JOIN_CODE

    def actor(self, name: str) -> Actor | None:
        """Somebody by name; None for nobody."""
        found: Actor | None = getattr(self, name, None)
        return found


async def build(core: Core) -> World:
    """Make it in an empty database."""
    people = await _people(core)
    ada, hopper, perlis = people["ada"], people["hopper"], people["perlis"]
    run = await runs.submit(ada, core, "countdown", RunKind.SUBMIT, f"# {SECRET}\nprint(1)")
    await verdicts.finish(core, run.id, Verdict(Outcome.WRONG_ANSWER, score=0, stdout=SECRET))
    await drafts.save(ada, core, "countdown", f"# {SECRET}")
    stuck = await runs.submit(people["liskov"], core, "countdown", RunKind.RUN, "print(1)")
    await verdicts.claim(core, stuck.id, "nobody")
    assert isinstance(core.control, FakeControl)
    core.control.living, core.control.slots = [vitals(WORKER)], {DRAINED}
    async with core.database.writing() as session:
        ours = SchoolClass(
            name=f"Class {SECRET}", created_by=hopper.user_id, join_code=JOIN_CODE, drafts_watched=True,
            join_code_expires_at=utc_now() + timedelta(days=1),
        )  # fmt: skip
        other = SchoolClass(name="Another class", created_by=perlis.user_id)
        session.add_all([ours, other])
        await session.flush()
        assert ours.id is not None
        assert other.id is not None
        assignment = Assignment(class_id=ours.id, title=f"Homework {SECRET}")
        comment = Comment(
            student_id=ada.user_id, problem_id="countdown", author_id=hopper.user_id, body=f"Well done, {SECRET}"
        )
        session.add_all(
            [
                ClassTeacher(class_id=ours.id, user_id=hopper.user_id),
                ClassTeacher(class_id=ours.id, user_id=people["liskov"].user_id),
                ClassTeacher(class_id=other.id, user_id=perlis.user_id),
                Enrolment(class_id=ours.id, user_id=ada.user_id),
                assignment,
                comment,
            ]
        )
        await session.flush()
        assert assignment.id is not None
        assert comment.id is not None
        session.add(AssignmentProblem(assignment_id=assignment.id, problem_id="countdown"))
        ids = {"class_id": ours.id, "other_class_id": other.id, "assignment_id": assignment.id}
        comment_id = comment.id
    return World(**people, **ids, run_id=run.id, stuck_run_id=stuck.id, comment_id=comment_id)


async def _people(core: Core) -> dict[str, Actor]:
    roles = {
        "ada": Role.STUDENT, "alan": Role.STUDENT, "hopper": Role.TEACHER, "liskov": Role.TEACHER,
        "perlis": Role.TEACHER, "lovelace": Role.ADMIN,
    }  # fmt: skip
    shown = {"ada": f"Ada {SECRET}"}
    hashed = await passwords.hash_new(PASSWORD)  # once for all: hashing takes its time on purpose
    people = {}
    async with core.database.writing() as session:
        for name, role in roles.items():
            user = User(name=name, display_name=shown.get(name, name.title()), role=role, password_hash=hashed)
            session.add(user)
            people[name] = user
    return {name: accounts.as_actor(user) for name, user in people.items()}


async def contents(core: Core) -> dict[str, list[str]]:
    """Everything that is stored, to compare before and after. What is written down about an attempt may grow, and so
    may the note that somebody looked at a problem.
    """
    grows = (AuditEntry.__tablename__, Activity.__tablename__)
    return {table: rows for table, rows in (await databases.stored(core.database)).items() if table not in grows}
