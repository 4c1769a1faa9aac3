"""``python -m tests.e2e.seed NAME``: a class with four weeks of work in it, made straight in the database of an
instance, with a teacher and an admin. Prints, as JSON, the class's id and the names that were made.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta

from coderunner_core import passwords
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.database import open_database
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
from coderunner_core.settings import load_settings
from tests.e2e.visitor import PASSWORD

STUDENTS = ("Ada Lovelace", "Alan Turing", "Grace Hopper", "Wolfeschlegelsteinhausenbergerdorff", "=1+1")
PROBLEMS = ("countdown", "step-counter", "name-badge", "sharing-sweets", "vowel-count")
ERRORS = ("NameError: name is not defined", "IndexError: list index out of range", "SyntaxError: invalid syntax")


async def make(name: str) -> dict[str, object]:
    """Everything that the pages of reports and admins show something of."""
    settings = load_settings()
    database = open_database(settings)
    hashed = await passwords.hash_new(PASSWORD)
    now = utc_now()

    def person(number: int, shown: str, role: Role) -> User:
        return User(name=f"{name}-{role.value}-{number}", display_name=shown, role=role, password_hash=hashed)

    students = [person(number, shown, Role.STUDENT) for number, shown in enumerate(STUDENTS)]
    teacher, admin = person(0, "Ms Hopper", Role.TEACHER), person(0, "Lovelace", Role.ADMIN)
    async with database.writing() as session:
        school_class = SchoolClass(name=f"Class {name}")
        session.add_all([school_class, teacher, admin, *students])
        await session.flush()
        session.add(ClassTeacher(class_id=school_class.id, user_id=teacher.id))
        for row, student in enumerate(students):
            session.add(Enrolment(class_id=school_class.id, user_id=student.id))
            for column, problem_id in enumerate(PROBLEMS[: len(PROBLEMS) - row]):
                solved = (row + column) % 3 != 0
                at = now - timedelta(days=(7 * row + 5 * column) % 27)
                session.add(
                    UserProgress(
                        user_id=student.id,
                        problem_id=problem_id,
                        status=ProgressStatus.SOLVED if solved else ProgressStatus.TRIED,
                        best_score=100 if solved else 40,
                        attempts=1 + (row * column) % 5,
                        solved_at=at if solved else None,
                        updated_at=at,
                    )
                )
                error = "" if solved else ERRORS[(row + column) % len(ERRORS)]
                session.add(Activity(user_id=student.id, problem_id=problem_id, last_error=error))
                session.add(
                    Run(
                        id=f"{student.id:04x}{column:028x}",
                        user_id=student.id,
                        problem_id=problem_id,
                        problem_version="v1",
                        kind=RunKind.SUBMIT,
                        status=RunStatus.FINISHED,
                        outcome=Outcome.ACCEPTED if solved else Outcome.RUNTIME_ERROR,
                        created_at=at,
                        finished_at=at,
                    )
                )
    await database.close()
    return {
        "class_id": school_class.id,
        "student_id": students[0].id,
        "teacher": teacher.name,
        "admin": admin.name,
        "students": [student.name for student in students],
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(make(sys.argv[1]))))
