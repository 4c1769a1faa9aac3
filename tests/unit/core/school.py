"""A class with work in it, for tests of what is done to people: Hopper teaches Ada, who left traces everywhere."""

from __future__ import annotations

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.models import Activity, ClassTeacher, Comment, Enrolment, Role, SchoolClass
from coderunner_core.services.learning import drafts
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs, verdicts
from tests import databases
from tests.unit.conftest import PASSWORD

MARK = "zx81-of-ada"  # stands in all that Ada wrote


async def make_class(core: Core, teacher: Actor, *students: Actor, name: str = "7b") -> int:
    """A class as the tables hold it."""
    async with core.database.writing() as session:
        school_class = SchoolClass(name=name, created_by=teacher.user_id)
        session.add(school_class)
        await session.flush()
        assert school_class.id is not None
        session.add(ClassTeacher(class_id=school_class.id, user_id=teacher.user_id))
        for student in students:
            session.add(Enrolment(class_id=school_class.id, user_id=student.user_id))
        return school_class.id


async def make_admin(core: Core, name: str = "lovelace") -> Actor:
    """Somebody who runs the place."""
    return accounts.as_actor(await accounts.create_user(core, name, "", PASSWORD, Role.ADMIN))


async def work(core: Core, ada: Actor, hopper: Actor, outcome: Outcome = Outcome.ACCEPTED) -> str:
    """Ada submits, types, and talks with Hopper about it; the run's id."""
    run = await runs.submit(ada, core, "countdown", RunKind.SUBMIT, f"# {MARK}\nprint(1)", f"{MARK}\n")
    score = 100 if outcome is Outcome.ACCEPTED else 25
    await verdicts.finish(core, run.id, Verdict(outcome, score=score, stdout=MARK))
    await drafts.save(ada, core, "countdown", f"# {MARK}", MARK)
    async with core.database.writing() as session:
        about = {"student_id": ada.user_id, "problem_id": "countdown", "run_id": run.id}
        session.add(Comment(**about, author_id=hopper.user_id, body=f"Well done, {MARK}"))
        session.add(Comment(**about, author_id=ada.user_id, body=f"Thanks, says {MARK}"))
        if await session.get(Activity, (ada.user_id, "countdown")) is None:
            session.add(Activity(user_id=ada.user_id, problem_id="countdown", last_error=MARK))
    return run.id


async def everything(core: Core) -> str:
    """All rows of all tables, as one text to search in."""
    return "\n".join(row for rows in (await databases.stored(core.database)).values() for row in rows)
