"""Fills the stores with runs as an installation of some months has them, faster than anybody could press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from pymongo import AsyncMongoClient
from sqlalchemy import insert, text
from sqlmodel import SQLModel

from benchmarks import bulk
from benchmarks.stores.rows import BODY_COLUMNS, RUN_COLUMNS, SOURCE, STDIN, OneRun, runs, verdict_json
from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome
from coderunner_core.core import Core
from coderunner_core.models import (
    Activity,
    ClassTeacher,
    Enrolment,
    Role,
    Run,
    SchoolClass,
    StoredResult,
    User,
    UserProgress,
    utc_now,
)
from coderunner_core.results.mongodb import DATABASE
from coderunner_core.services.people import accounts

PASSWORD = "a long password"
CLASS_SIZE = 30
RUNS_A_STUDENT = 1_000
_AT_ONCE = 20_000
_DOCUMENTS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Filled:
    """Who there is afterwards."""

    students: list[Actor]
    teacher: Actor
    class_id: int


async def fill(core: Core, count: int, mongodb_uri: str = "") -> Filled:
    """Put so many finished runs with their bodies into the stores, of students in one class each of CLASS_SIZE."""
    students = await _people(core, max(CLASS_SIZE, count // RUNS_A_STUDENT))
    teacher = accounts.as_actor(await accounts.create_user(core, "hopper", "Ms Hopper", PASSWORD, Role.TEACHER))
    await _classes(core, [one.user_id for one in students], teacher.user_id)
    problems = [(problem.id, problem.version) for problem in core.curriculum.problems]
    made = runs([one.user_id for one in students], problems, count)
    while batch := list(islice(made, _AT_ONCE)):
        await _store(core, batch, mongodb_uri)
    await _know_the_tables(core)
    return Filled(students, teacher, class_id=1)


async def _store(core: Core, batch: list[OneRun], mongodb_uri: str) -> None:
    expires_at = utc_now() + timedelta(days=7)
    async with core.database.writing() as session:
        await bulk.load(session, _table(Run), RUN_COLUMNS, (one.run_row for one in batch))
        if not mongodb_uri:
            bodies = (one.body_row(expires_at) for one in batch)
            await bulk.load(session, _table(StoredResult), BODY_COLUMNS, bodies)
    if mongodb_uri:
        await _into_mongodb(mongodb_uri, batch)


async def _know_the_tables(core: Core) -> None:
    """What PostgreSQL does by itself within a minute; nobody does it to a SQLite file."""
    if not core.database.is_sqlite:
        async with core.database.unhurried().writing() as session:
            await (await session.connection()).execute(text("ANALYZE"))


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


async def _people(core: Core, count: int) -> list[Actor]:
    first = await accounts.create_user(core, "ada", "Ada", PASSWORD, Role.STUDENT)
    # All have Ada's password: hashing one for each would take longer than everything else.
    shared = {"password_hash": first.password_hash, "role": Role.STUDENT, "created_at": utc_now()}
    rows = [{"name": f"student{n}", "display_name": f"Student {n}", **shared} for n in range(1, count)]
    async with core.database.writing() as session:
        if rows:
            await (await session.connection()).execute(insert(User), rows)
    people = [one for one in await accounts.list_users(core, count + 1) if one.role == Role.STUDENT]
    return [accounts.as_actor(one) for one in people]


async def _classes(core: Core, students: Sequence[int], teacher_id: int) -> None:
    now = utc_now()
    ids = range(1, (len(students) - 1) // CLASS_SIZE + 2)
    places = [(problem.id, user_id) for user_id in students for problem in core.curriculum.problems]
    seen = [{"user_id": user_id, "problem_id": problem_id} for problem_id, user_id in places]
    async with core.database.writing() as session:
        connection = await session.connection()
        classes = [{"id": n, "name": f"Class {n}", "created_at": now, "drafts_watched": False} for n in ids]
        await connection.execute(insert(SchoolClass), classes)
        await connection.execute(
            insert(ClassTeacher), [{"class_id": n, "user_id": teacher_id, "added_at": now} for n in ids]
        )
        enrolled = [
            {"class_id": at // CLASS_SIZE + 1, "user_id": user_id, "joined_at": now}
            for at, user_id in enumerate(students)
        ]
        await connection.execute(insert(Enrolment), enrolled)
        await connection.execute(insert(UserProgress), [one | {"status": "tried"} for one in seen])
        await connection.execute(insert(Activity), seen)


async def _into_mongodb(uri: str, batch: list[OneRun]) -> None:
    now = utc_now()
    documents = [
        {
            "_id": one.run_id,
            "source": SOURCE,
            "stdin": STDIN,
            "verdict_json": verdict_json(one.outcome, one.score),
            "created_at": one.at,
            "expires_from": now,
        }
        for one in batch
    ]
    async with AsyncMongoClient[dict[str, Any]](uri) as client:
        bodies = client[DATABASE]["execution_result"]
        for start in range(0, len(documents), _DOCUMENTS_AT_ONCE):
            await bodies.insert_many(documents[start : start + _DOCUMENTS_AT_ONCE], ordered=False)


def size_of_a_body() -> int:
    """Bytes of what a program of this benchmark leaves, before any store adds its own."""
    return len(SOURCE) + len(STDIN) + len(verdict_json(Outcome.OK, None))
