"""``python -m tests.e2e.class_at_work STUDENTS``: fills an installation with a class at work, and prints it as JSON.

By the same services that the pages use, in a process of its own; what is pressed is judged here and never queued.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import random
import sys

from sqlmodel import select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, TestReport, Verdict
from coderunner_core.core import Core, open_core
from coderunner_core.models import User
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs, verdicts
from coderunner_core.services.teaching import class_members, classes, join_codes
from coderunner_core.services.watching import activity, presence
from coderunner_core.settings import load_settings
from tests.fakes import FakeLoad, FakeQueue

# A class of forty, as a register has them: all of them people.
NAMES = (
    "Ada", "Alan", "Barbara", "Donald", "Edsger", "Frances", "Grace", "John", "Katherine", "Margaret", "Niklaus",
    "Radia", "Adele", "Alonzo", "Annie", "Bjarne", "Brian", "Carol", "Dennis", "Dorothy", "Edith", "Elizabeth",
    "Evelyn", "Fernando", "Guido", "Hedy", "Ida", "James", "Jean", "Joan", "Karen", "Ken", "Kurt", "Larry", "Leslie",
    "Lynn", "Mary", "Rózsa", "Sophie", "Tony",
)  # fmt: skip
_ERROR = "IndexError: list index out of range"
_BREAKS = Verdict(
    Outcome.RUNTIME_ERROR,
    score=0,
    stderr=_ERROR,
    tests=(TestReport("Example", Outcome.RUNTIME_ERROR, visible=True, stderr_shown=_ERROR),),
)
_WRONG = Verdict(Outcome.WRONG_ANSWER, score=50, tests=(TestReport("Hidden 1", Outcome.WRONG_ANSWER, visible=False),))
_RIGHT = Verdict(Outcome.ACCEPTED, score=100)


async def seed(core: Core, students: int) -> dict[str, object]:
    """Hopper's class with so many students, most of them online and at different places; two of them are stuck."""
    chance = random.Random(7)
    hopper = await _hopper(core)
    class_id = await classes.create(hopper, core, "7b Computing")
    code = await join_codes.make(hopper, core, class_id)
    listed = "\n".join(f"{name}.{class_id}, {name}" for name in NAMES[:students])
    created = await class_members.add_students(hopper, core, class_id, listed)
    problems = [problem.id for problem in core.curriculum.problems]
    for at, one in enumerate(created):
        async with core.database.reading() as session:
            actor = accounts.as_actor(await session.get_one(User, one.user_id))
        stuck_at = 1 if at in (1, 2) else len(problems)
        reached = min(len(problems) - 1, stuck_at + 1, 1 + chance.randrange(len(problems) - 2))
        for place, problem_id in enumerate(problems[: reached + 1]):
            await activity.opened(actor, core, problem_id)
            for verdict in _way(place, reached, stuck_at, chance):
                await _press(actor, core, problem_id, verdict)
        if at % 4 != 3:
            await presence.seen(actor, core, problems[min(stuck_at, reached)], f"page-{one.user_id}")
    logins = [{"name": one.name, "password": one.password, "id": one.user_id} for one in created]
    return {"class_id": class_id, "code": code, "students": logins}


def _way(place: int, reached: int, stuck_at: int, chance: random.Random) -> list[Verdict]:
    """The presses of a student at a problem, to the end or as far as they are."""
    if place == stuck_at:
        return [_WRONG] * 3 + [_BREAKS] * 4
    tries = [chance.choice((_WRONG, _BREAKS)) for _ in range(chance.randrange(3))]
    return tries[:2] if place == reached or (place and chance.random() < 0.1) else [*tries, _RIGHT]


async def _press(actor: Actor, core: Core, problem_id: str, verdict: Verdict) -> None:
    run = await runs.submit(actor, core, problem_id, RunKind.SUBMIT, "print(1)")
    await verdicts.finish(core, run.id, verdict)


async def _hopper(core: Core) -> Actor:
    async with core.database.reading() as session:
        return accounts.as_actor((await session.exec(select(User).where(User.name == "hopper"))).one())


async def _main() -> None:
    async with open_core(load_settings()) as core:
        offline = dataclasses.replace(core, queue=FakeQueue(), load=FakeLoad())
        print(json.dumps(await seed(offline, int(sys.argv[1]))))


if __name__ == "__main__":
    asyncio.run(_main())
