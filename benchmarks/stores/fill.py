"""Fills the stores with runs as an installation of some months has them, faster than anybody could press."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from pymongo import AsyncMongoClient
from sqlalchemy import insert

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus, Verdict
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
from coderunner_core.results.codec import encode
from coderunner_core.services.people import accounts

PASSWORD = "a long password"
CLASS_SIZE = 30
RUNS_A_STUDENT = 1_000
_AT_ONCE = 5_000
_DOCUMENTS_AT_ONCE = 100  # the stand-in gives up on a command that takes long
_SOURCE = "".join(f"numbers_{n} = [value * {n} for value in range({n}, {n} + 10)]\n" for n in range(8))  # 0.4 KiB
_OUTPUT = "".join(f"line {n} of what a small program prints\n" for n in range(8))


@dataclass(frozen=True)
class Filled:
    """Who there is afterwards."""

    students: list[Actor]
    teacher: Actor
    class_id: int


async def fill(core: Core, runs: int, mongodb_uri: str = "") -> Filled:
    """Put so many finished runs with their bodies into the stores, of students in one class each of CLASS_SIZE."""
    students = await _people(core, max(CLASS_SIZE, runs // RUNS_A_STUDENT))
    teacher = accounts.as_actor(await accounts.create_user(core, "hopper", "Ms Hopper", PASSWORD, Role.TEACHER))
    await _classes(core, [one.user_id for one in students], teacher.user_id)
    rows = _runs(core, [one.user_id for one in students], runs)
    while batch := list(islice(rows, _AT_ONCE)):
        async with core.database.writing() as session:
            connection = await session.connection()
            await connection.execute(insert(Run), batch)
            if not mongodb_uri:
                await connection.execute(insert(StoredResult), [_body(row) for row in batch])
        if mongodb_uri:
            await _into_mongodb(mongodb_uri, batch)
    return Filled(students, teacher, class_id=1)


async def _people(core: Core, count: int) -> list[Actor]:
    first = await accounts.create_user(core, "ada", "Ada", PASSWORD, Role.STUDENT)
    # All have Ada's password: hashing one for each would take longer than everything else.
    shared = {"password_hash": first.password_hash, "role": Role.STUDENT, "created_at": utc_now()}
    rows = [{"name": f"student{n}", "display_name": f"Student {n}", **shared} for n in range(1, count)]
    async with core.database.writing() as session:
        if rows:
            await (await session.connection()).execute(insert(User), rows)
    people = [one for one in await accounts.list_users(core) if one.role == Role.STUDENT]
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


def _runs(core: Core, students: Sequence[int], count: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    problems = [(problem.id, problem.version) for problem in core.curriculum.problems]
    begin, span = utc_now() - timedelta(days=120), timedelta(days=120).total_seconds()
    for n in range(count):
        problem_id, version = chance.choice(problems)
        created_at = begin + timedelta(seconds=span * n / count)
        submitted = chance.random() < 0.3
        outcome = chance.choice([Outcome.ACCEPTED, Outcome.WRONG_ANSWER]) if submitted else Outcome.OK
        yield {
            "id": uuid.UUID(int=chance.getrandbits(128)).hex,
            "user_id": students[n % len(students)],
            "problem_id": problem_id,
            "problem_version": version,
            "kind": RunKind.SUBMIT if submitted else RunKind.RUN,
            "status": RunStatus.FINISHED,
            "outcome": outcome,
            "score": (100 if outcome is Outcome.ACCEPTED else 40) if submitted else None,
            "attempt": 1,
            "worker": "host.1.run.1.1",
            "created_at": created_at,
            "started_at": created_at,
            "finished_at": created_at,
            "cpu_ms": 20,
            "wall_ms": 30,
            "memory_kib": 9_000,
        }


def _body(row: dict[str, Any]) -> dict[str, Any]:
    kept_until: datetime = utc_now() + timedelta(days=7)
    verdict = Verdict(row["outcome"], row["score"], stdout=_OUTPUT, exit_code=0, cpu_ms=20, wall_ms=30)
    return {
        "run_id": row["id"],
        "source": _SOURCE,
        "stdin": "3\n",
        "verdict_json": encode(verdict),
        "created_at": row["created_at"],
        "expires_at": kept_until,
    }


async def _into_mongodb(uri: str, batch: list[dict[str, Any]]) -> None:
    documents = []
    for row in batch:
        body = _body(row)
        documents.append({"_id": body.pop("run_id"), **body, "expires_from": utc_now()})
        del documents[-1]["expires_at"]
    async with AsyncMongoClient[dict[str, Any]](uri) as client:
        bodies = client["coderunner"]["execution_result"]
        for start in range(0, len(documents), _DOCUMENTS_AT_ONCE):
            await bodies.insert_many(documents[start : start + _DOCUMENTS_AT_ONCE])


def size_of_a_body() -> int:
    """Bytes of what a program of this benchmark leaves, before any store adds its own."""
    body = _body({"id": "0" * 32, "outcome": Outcome.OK, "score": None, "created_at": utc_now()})
    return len(json.dumps([body["source"], body["stdin"], body["verdict_json"]]))
