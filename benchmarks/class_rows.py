"""A class of forty with a hundred problems, and as many stored runs as one likes, spread over a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert

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
PROBLEMS = 100
TERM = timedelta(days=120)
_BATCH = 10_000
_OUTCOMES = (Outcome.OK, Outcome.RUNTIME_ERROR, Outcome.WRONG_ANSWER, Outcome.OK, Outcome.ACCEPTED)
_ERRORS = ("NameError: name ‘…’ is not defined", "IndexError: list index out of range", "wrong answer in Example")


def lessons() -> Curriculum:
    """A hundred problems in ten levels."""
    levels = [
        Level(f"bench/{number}", number, f"Level {number}", "", tuple(problem(f"p{number}-{n}") for n in range(10)))
        for number in range(PROBLEMS // 10)
    ]
    return Curriculum((AgeGroup("bench", "Bench", "", tuple(levels)),))


@dataclass(frozen=True)
class FilledClass:
    """Who teaches the class, who is in it, and what they solve."""

    class_id: int
    teacher_id: int
    student_ids: list[int]
    problem_ids: list[str]
    began_at: datetime


async def make(core: Core) -> FilledClass:
    """The people and the class, without a run."""
    began_at = utc_now() - TERM
    async with core.database.writing() as session:
        teacher = User(name="hopper", display_name="Ms Hopper", role=Role.TEACHER, password_hash="")
        students = [User(name=f"s{n}", display_name=f"Student {n:02}", password_hash="") for n in range(STUDENTS)]
        room = SchoolClass(name="7b Computing")
        session.add_all([teacher, *students, room])
        await session.flush()
        session.add(ClassTeacher(class_id=room.id or 0, user_id=teacher.id or 0))
        session.add_all([Enrolment(class_id=room.id or 0, user_id=one.id or 0) for one in students])
        return FilledClass(
            class_id=room.id or 0,
            teacher_id=teacher.id or 0,
            student_ids=[one.id or 0 for one in students],
            problem_ids=[one.id for one in core.curriculum.problems],
            began_at=began_at,
        )


async def fill(core: Core, room: FilledClass, first: int, last: int) -> None:
    """Store the runs numbered ``first`` (counting) to ``last`` (not), and what the class page reads of all until then.

    However many there are, they spread over the whole term: each size has its runs in other moments.
    """
    runs = _runs(room, first, last)
    while batch := list(islice(runs, _BATCH)):
        async with core.database.writing() as session:
            await (await session.connection()).execute(insert(Run), batch)
    async with core.database.writing() as session:
        connection = await session.connection()
        for table, rows in ((UserProgress, list(_progress(room, last))), (Activity, list(_activities(room, last)))):
            await connection.execute(delete(table))
            await connection.execute(insert(table), rows)
    async with core.database.writing() as session:  # as either database does by itself in the course of a term
        await (await session.connection()).exec_driver_sql("ANALYZE")


def _runs(room: FilledClass, first: int, last: int) -> Iterator[dict[str, Any]]:
    for number in range(first, last):
        at = room.began_at + TERM * (number / last)
        outcome = _OUTCOMES[number % len(_OUTCOMES)]
        graded = outcome in (Outcome.ACCEPTED, Outcome.WRONG_ANSWER)
        yield {
            "id": f"{number:032x}",
            "user_id": room.student_ids[number % STUDENTS],
            "problem_id": room.problem_ids[number // STUDENTS % PROBLEMS],
            "problem_version": "v1",
            "kind": RunKind.SUBMIT if graded else RunKind.RUN,
            "status": RunStatus.FINISHED,
            "outcome": outcome,
            "score": 100 if outcome is Outcome.ACCEPTED else 0 if graded else None,
            "attempt": 1,
            "worker": "",
            "cancel_requested": False,
            "created_at": at,
            "started_at": at,
            "finished_at": at,
            "cpu_ms": 20,
            "wall_ms": 30,
            "memory_kib": 9000,
        }


def _cells(room: FilledClass) -> Iterator[tuple[int, int, str]]:
    pairs = ((student, problem_id) for problem_id in room.problem_ids for student in room.student_ids)
    for place, (student, problem_id) in enumerate(pairs):
        yield place, student, problem_id


def _activities(room: FilledClass, runs: int) -> Iterator[dict[str, Any]]:
    cells = STUDENTS * PROBLEMS
    for place, student, problem_id in _cells(room):
        newest = runs - 1 - (runs - 1 - place) % cells
        failing = place % 3 == 0
        yield {
            "user_id": student,
            "problem_id": problem_id,
            "runs": runs // cells // 2 + 1,
            "submissions": runs // cells // 2,
            "failures_in_row": place % 7 if failing else 0,
            "same_error_in_row": place % 4 if failing else 0,
            "last_error": _ERRORS[place % 9 // 3] if failing else "",
            "last_kind": RunKind.RUN,
            "last_outcome": Outcome.RUNTIME_ERROR if failing else Outcome.OK,
            "last_score": None,
            "last_run_id": f"{newest:032x}",
            "opened_at": room.began_at,
            "last_at": room.began_at + TERM * (newest / runs),
        }


def _progress(room: FilledClass, runs: int) -> Iterator[dict[str, Any]]:
    for place, student, problem_id in _cells(room):
        solved = place % 3 == 1
        at = room.began_at + TERM * ((place + 1) / (STUDENTS * PROBLEMS))
        yield {
            "user_id": student,
            "problem_id": problem_id,
            "status": ProgressStatus.SOLVED if solved else ProgressStatus.TRIED,
            "best_score": 100 if solved else 40,
            "attempts": runs // (STUDENTS * PROBLEMS) // 2,
            "first_tried_at": room.began_at,
            "solved_at": at if solved else None,
            "updated_at": at,
        }
