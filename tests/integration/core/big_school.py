"""A school after some years, written straight into the tables: enough rows that a wrong plan shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import SQLModel

from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.database import Database
from coderunner_core.models import (
    Activity,
    Assignment,
    AssignmentProblem,
    AuditEntry,
    ClassTeacher,
    Comment,
    Draft,
    Enrolment,
    Role,
    Run,
    SchoolClass,
    StoredResult,
    User,
    UserProgress,
    utc_now,
)

PEOPLE = 5_000
ADMIN, TEACHER, ADA = 1, 2, 3  # ids; everybody after ADA is a student, too
CLASS_SIZE = 40
CLASSES = 125
TAUGHT = 10  # of these, by the teacher
RUNS_OF_ADA = 3_000
RUNS = 8_000
PROBLEMS = ("countdown", "even-numbers")
_AT_ONCE = 1_000


async def fill(database: Database) -> None:
    """Write everything, and let the database know of it what it knows in real life."""
    now = utc_now()
    runs = [
        _run(n, ADA if n < RUNS_OF_ADA else ADA + n % (PEOPLE - ADA), now - timedelta(minutes=n)) for n in range(RUNS)
    ]
    students = range(ADA, PEOPLE + 1)
    pairs = [(user, problem) for user in students for problem in PROBLEMS]
    rows: list[tuple[type[SQLModel], list[dict[str, Any]]]] = [
        (User, [_user(n) for n in range(1, PEOPLE + 1)]),
        (SchoolClass, [{"name": f"Class {n}", "drafts_watched": True} for n in range(1, CLASSES + 1)]),
        (ClassTeacher, [{"class_id": n, "user_id": TEACHER} for n in range(1, TAUGHT + 1)]),
        (Enrolment, [{"class_id": 1 + (user - ADA) // CLASS_SIZE % CLASSES, "user_id": user} for user in students]),
        (Assignment, [{"class_id": 1 + n % CLASSES, "title": f"Set {n}"} for n in range(600)]),
        (AssignmentProblem, [{"assignment_id": n, "problem_id": PROBLEMS[n % 2]} for n in range(1, 601)]),
        (Run, runs),
        (
            StoredResult,
            [
                {"run_id": run["id"], "source": "print(1)", "expires_at": now + timedelta(days=7)}
                for run in runs[:4_000]
            ],
        ),
        (UserProgress, [{"user_id": user, "problem_id": problem, "attempts": 3} for user, problem in pairs]),
        (Activity, [{"user_id": user, "problem_id": problem, "runs": 9, "last_at": now} for user, problem in pairs]),
        (Draft, [{"user_id": user, "problem_id": problem, "source": "x = 1"} for user, problem in pairs[:3_000]]),
        (Comment, [_comment(n, now - timedelta(hours=n)) for n in range(3_000)]),
        (AuditEntry, [_entry(1 + n % 50, now - timedelta(minutes=n)) for n in range(4_000)]),
    ]
    async with database.writing() as session:
        connection = await session.connection()
        for model, values in rows:
            table = model.__table__  # type: ignore[attr-defined]
            for begin in range(0, len(values), _AT_ONCE):
                await connection.execute(
                    table.insert(), [_with_defaults(model, one) for one in values[begin : begin + _AT_ONCE]]
                )
        if not database.is_sqlite:  # a server does it by itself; nobody does it to a SQLite file
            await connection.execute(text("ANALYZE"))


def _with_defaults(model: type[SQLModel], values: dict[str, Any]) -> dict[str, Any]:
    """What the model itself fills in, without what the database numbers."""
    made = model(**values).model_dump()
    return {name: value for name, value in made.items() if name != "id" or value is not None}


def _user(number: int) -> dict[str, Any]:
    role = {ADMIN: Role.ADMIN, TEACHER: Role.TEACHER}.get(number, Role.STUDENT)
    return {"name": f"person{number:05}", "display_name": f"Person {number}", "role": role, "password_hash": "-"}


def _run(number: int, user_id: int, at: Any) -> dict[str, Any]:
    return {
        "id": f"{number:032x}",
        "user_id": user_id,
        "problem_id": PROBLEMS[number % 2],
        "problem_version": "v1",
        "kind": RunKind.SUBMIT if number % 3 == 0 else RunKind.RUN,
        "status": RunStatus.FINISHED,
        "outcome": Outcome.OK,
        "created_at": at,
        "started_at": at,
        "finished_at": at,
    }


def _comment(number: int, at: Any) -> dict[str, Any]:
    """Half of them about Ada; one of fifty is not read yet."""
    return {
        "student_id": ADA if number < 1_500 else ADA + number % 900,
        "problem_id": PROBLEMS[0],
        "author_id": TEACHER,
        "body": "Well done.",
        "created_at": at,
        "read_at": at if number % 50 else None,
    }


def _entry(actor_id: int, at: Any) -> dict[str, Any]:
    return {"actor_id": actor_id, "actor_name": f"person{actor_id:05}", "action": "sign_in", "at": at}
