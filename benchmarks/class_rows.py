"""A class of forty in a school of a thousand, with as many stored runs as one likes, spread over a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete

from benchmarks import bulk
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.core import Core
from coderunner_core.curriculum import AgeGroup, Curriculum, Level
from coderunner_core.models import (
    Activity,
    ClassTeacher,
    Enrolment,
    ProgressStatus,
    Role,
    Run,
    SchoolClass,
    User,
    UserProgress,
    utc_now,
)
from tests.fakes import problem

STUDENTS = 40
OTHERS = 960  # students of other classes, who fill the tables that the page reads its squares from
PROBLEMS = 100
TERM = timedelta(days=120)
_OUTCOMES = (Outcome.OK, Outcome.RUNTIME_ERROR, Outcome.WRONG_ANSWER, Outcome.OK, Outcome.ACCEPTED)
_ERRORS = ("NameError: name ‘…’ is not defined", "IndexError: list index out of range", "wrong answer in Example")
_RUN = (
    "id", "user_id", "problem_id", "problem_version", "kind", "status", "outcome", "score", "attempt", "worker",
    "cancel_requested", "created_at", "started_at", "finished_at", "cpu_ms", "wall_ms", "memory_kib",
)  # fmt: skip
_ACTIVITY = (
    "user_id", "problem_id", "runs", "submissions", "failures_in_row", "same_error_in_row", "last_error", "last_kind",
    "last_outcome", "last_score", "last_run_id", "opened_at", "last_at",
)  # fmt: skip
_PROGRESS = (
    "user_id", "problem_id", "status", "best_score", "attempts", "first_tried_at", "solved_at", "updated_at",
)  # fmt: skip

Row = tuple[Any, ...]


def lessons() -> Curriculum:
    """A hundred problems in ten levels."""
    levels = [
        Level(f"bench/{number}", number, f"Level {number}", "", tuple(problem(f"p{number}-{n}") for n in range(10)))
        for number in range(PROBLEMS // 10)
    ]
    return Curriculum((AgeGroup("bench", "Bench", "", tuple(levels)),))


@dataclass(frozen=True)
class FilledClass:
    """Who teaches the class, who is in it, who is in none of the teacher's, and what all of them solve."""

    class_id: int
    teacher_id: int
    student_ids: list[int]
    other_ids: list[int]
    problem_ids: list[str]
    began_at: datetime


async def add_teacher(core: Core) -> int:
    """Somebody who teaches, for a database that has nobody yet."""
    async with core.database.writing() as session:
        hopper = User(name="hopper", display_name="Ms Hopper", role=Role.TEACHER, password_hash="")
        session.add(hopper)
        await session.flush()
        return hopper.id or 0


async def make(core: Core, teacher_id: int, *, others: int = OTHERS) -> FilledClass:
    """The students and the classes, without a run."""
    began_at = utc_now() - TERM
    async with core.database.writing() as session:
        students = [User(name=f"s{n}", display_name=f"Student {n:02}", password_hash="") for n in range(STUDENTS)]
        strangers = [User(name=f"o{n}", display_name=f"Other {n:03}", password_hash="") for n in range(others)]
        room = SchoolClass(name="7b Computing")
        session.add_all([*students, *strangers, room])
        await session.flush()
        session.add(ClassTeacher(class_id=room.id or 0, user_id=teacher_id))
        session.add_all([Enrolment(class_id=room.id or 0, user_id=one.id or 0) for one in students])
        for begin in range(0, others, STUDENTS):
            other = SchoolClass(name=f"Class {begin // STUDENTS}")
            session.add(other)
            await session.flush()
            members = strangers[begin : begin + STUDENTS]
            session.add_all([Enrolment(class_id=other.id or 0, user_id=one.id or 0) for one in members])
        return FilledClass(
            class_id=room.id or 0,
            teacher_id=teacher_id,
            student_ids=[one.id or 0 for one in students],
            other_ids=[one.id or 0 for one in strangers],
            problem_ids=[one.id for one in core.curriculum.problems],
            began_at=began_at,
        )


async def fill(core: Core, room: FilledClass, first: int, last: int) -> None:
    """Store the runs numbered ``first`` (counting) to ``last`` (not), and what the class page reads of all until then.

    All of them are the class's own, which is the most that it can have of so many. They spread over the whole term,
    however many there are: each size has its runs in other moments.
    """
    await bulk.load_apart(core, _table(Run), _RUN, _runs(room, first, last))
    if first == 0:
        await bulk.load_apart(core, _table(Activity), _ACTIVITY, _activities(room, room.other_ids, last))
        await bulk.load_apart(core, _table(UserProgress), _PROGRESS, _progress(room, room.other_ids, last))
    for table, columns, rows in (
        (_table(UserProgress), _PROGRESS, _progress(room, room.student_ids, last)),
        (_table(Activity), _ACTIVITY, _activities(room, room.student_ids, last)),
    ):
        async with core.database.writing() as session:
            connection = await session.connection()
            await connection.execute(delete(table).where(table.c.user_id.in_(room.student_ids)))
        await bulk.load_apart(core, table, columns, rows)
    if not core.database.is_sqlite:  # its server does that by itself; to a SQLite file nobody does it
        async with core.database.writing() as session:
            await (await session.connection()).exec_driver_sql("ANALYZE")


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


def _runs(room: FilledClass, first: int, last: int) -> Iterator[Row]:
    for number in range(first, last):
        at = room.began_at + TERM * (number / last)
        outcome = _OUTCOMES[number % len(_OUTCOMES)]
        graded = outcome in (Outcome.ACCEPTED, Outcome.WRONG_ANSWER)
        yield (
            f"{number:032x}",
            room.student_ids[number % STUDENTS],
            room.problem_ids[number // STUDENTS % len(room.problem_ids)],
            "v1",
            RunKind.SUBMIT if graded else RunKind.RUN,
            RunStatus.FINISHED,
            outcome,
            100 if outcome is Outcome.ACCEPTED else 0 if graded else None,
            1,
            "",
            False,
            at,
            at,
            at,
            20,
            30,
            9000,
        )


def _squares(room: FilledClass, user_ids: list[int]) -> Iterator[tuple[int, int, str]]:
    pairs = ((user_id, problem_id) for problem_id in room.problem_ids for user_id in user_ids)
    for place, (user_id, problem_id) in enumerate(pairs):
        yield place, user_id, problem_id


def _activities(room: FilledClass, user_ids: list[int], runs: int) -> Iterator[Row]:
    squares = len(user_ids) * len(room.problem_ids)
    for place, user_id, problem_id in _squares(room, user_ids):
        newest = max(0, runs - 1 - (runs - 1 - place) % squares)
        failing = place % 3 == 0
        yield (
            user_id,
            problem_id,
            runs // squares // 2 + 1,
            runs // squares // 2,
            place % 7 if failing else 0,
            place % 4 if failing else 0,
            _ERRORS[place % 9 // 3] if failing else "",
            RunKind.RUN,
            Outcome.RUNTIME_ERROR if failing else Outcome.OK,
            None,
            f"{newest:032x}",
            room.began_at,
            room.began_at + TERM * (newest / runs),
        )


def _progress(room: FilledClass, user_ids: list[int], runs: int) -> Iterator[Row]:
    squares = len(user_ids) * len(room.problem_ids)
    for place, user_id, problem_id in _squares(room, user_ids):
        solved = place % 3 == 1
        at = room.began_at + TERM * ((place + 1) / squares)
        yield (
            user_id,
            problem_id,
            ProgressStatus.SOLVED if solved else ProgressStatus.TRIED,
            100 if solved else 40,
            runs // squares // 2,
            room.began_at,
            at if solved else None,
            at,
        )
