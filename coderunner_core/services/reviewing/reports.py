"""Reports for teachers: files to open elsewhere, and summaries to print. What leaves as a file is written down."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, astuple, dataclass, fields
from typing import Literal

from sqlmodel import col, select

from coderunner_core import spreadsheet
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.models import (
    ClassTeacher,
    Enrolment,
    ProgressStatus,
    Role,
    SchoolClass,
    User,
    UserProgress,
    utc_now,
)
from coderunner_core.moments import ms
from coderunner_core.services import audit, permissions
from coderunner_core.services.reviewing import report_rows
from coderunner_core.services.reviewing.report_rows import Work
from coderunner_core.services.reviewing.report_views import (
    ClassSummary,
    ProblemLine,
    ReportRow,
    StudentLine,
    StudentSummary,
)
from coderunner_core.services.teaching.classes import target

Form = Literal["csv", "json"]
_LINES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file to download."""

    name: str
    pieces: AsyncIterator[str]


async def class_file(actor: Actor | None, core: Core, class_id: int, form: Form, *, ip: str = "") -> ReportFile:
    """Every student of a class with every problem. Raises NotSignedIn, NotAllowed and NotFound."""
    row = await permissions.taught_class(actor, core, class_id)
    work = await report_rows.of_class(core, row)
    await _written_down(core, actor, "class.export", target(row), form, ip)
    about = {"class": row.name, "made_at": utc_now().isoformat(timespec="seconds")}
    return ReportFile(spreadsheet.file_name(f"{row.name} report", form), _pieces(work, form, about))


async def student_file(actor: Actor | None, core: Core, student_id: int, form: Form, *, ip: str = "") -> ReportFile:
    """One student with every problem. Raises NotSignedIn, NotAllowed and NotFound."""
    student = await permissions.taught_student(actor, core, student_id)
    work = await report_rows.of_student(core, student, _whose_classes(actor))
    await _written_down(core, actor, "student.export", audit.person(student_id, student.name), form, ip)
    about = {"student": student.display_name, "made_at": utc_now().isoformat(timespec="seconds")}
    return ReportFile(spreadsheet.file_name(f"{student.name} report", form), _pieces(work, form, about))


async def class_summary(actor: Actor | None, core: Core, class_id: int) -> ClassSummary:
    """A class on a sheet of paper. Raises NotSignedIn, NotAllowed and NotFound."""
    row = await permissions.taught_class(actor, core, class_id)
    work = await report_rows.of_class(core, row)
    teaching = (
        select(User.display_name)
        .join(ClassTeacher, col(ClassTeacher.user_id) == col(User.id))
        .where(ClassTeacher.class_id == class_id)
        .order_by(User.display_name)
    )
    async with core.database.reading() as session:
        teachers = list((await session.exec(teaching)).all())
    return ClassSummary(
        class_id=class_id,
        name=row.name,
        teachers=teachers,
        made_ms=ms(utc_now()),
        problems=len(work.places),
        students=[_student_line(work, student) for student in work.students],
    )


async def student_summary(actor: Actor | None, core: Core, student_id: int) -> StudentSummary:
    """A student on a sheet of paper; of their classes those that the actor teaches, too.

    Raises NotSignedIn, NotAllowed and NotFound.
    """
    student = await permissions.taught_student(actor, core, student_id)
    work = await report_rows.of_student(core, student, _whose_classes(actor))
    begun = [
        (group, level, problem, work.progress[student_id, problem.id])
        for group, level, problem in work.places
        if (student_id, problem.id) in work.progress
    ]
    lines = [
        ProblemLine(
            level=report_rows.level_name(group, level),
            title=problem.title,
            status=ProgressStatus(done.status).value,
            attempts=done.attempts,
            best_score=done.best_score,
            solved_ms=ms(done.solved_at),
        )
        for group, level, problem, done in begun
    ]
    return StudentSummary(
        student_id=student_id,
        name=student.name,
        shown_name=student.display_name,
        classes=await _shared_classes(actor, core, student_id),
        made_ms=ms(utc_now()),
        problems=len(work.places),
        solved=sum(line.status == ProgressStatus.SOLVED for line in lines),
        tried=sum(line.status == ProgressStatus.TRIED for line in lines),
        lines=lines,
    )


def _whose_classes(actor: Actor | None) -> int | None:
    """The teacher whose classes count; None, all of them, for an admin."""
    actor = permissions.staff(actor)
    return None if actor.role is Role.ADMIN else actor.user_id


async def _shared_classes(actor: Actor | None, core: Core, student_id: int) -> list[str]:
    actor = permissions.staff(actor)
    statement = (
        select(SchoolClass.name)
        .join(Enrolment, col(Enrolment.class_id) == col(SchoolClass.id))
        .join(ClassTeacher, col(ClassTeacher.class_id) == col(SchoolClass.id))
        .where(Enrolment.user_id == student_id, ClassTeacher.user_id == actor.user_id)
        .order_by(SchoolClass.name)
    )
    async with core.database.reading() as session:
        return list((await session.exec(statement)).all())


def _student_line(work: Work, student: User) -> StudentLine:
    done = [
        work.progress[key] for _, _, problem in work.places if (key := (student.id or 0, problem.id)) in work.progress
    ]
    return StudentLine(
        id=student.id or 0,
        name=student.name,
        shown_name=student.display_name,
        solved=sum(one.status == ProgressStatus.SOLVED for one in done),
        tried=sum(one.status == ProgressStatus.TRIED for one in done),
        attempts=sum(one.attempts for one in done),
        mean_score=_mean(done),
        last_ms=max((ms(one.updated_at) for one in done), default=0),
    )


def _mean(done: list[UserProgress]) -> int | None:
    return round(sum(one.best_score for one in done) / len(done)) if done else None


async def _pieces(work: Work, form: Form, about: dict[str, str]) -> AsyncIterator[str]:
    """In portions, so that a large class neither fills the memory nor keeps others waiting."""
    portion: list[str] = []
    for line in (_csv if form == "csv" else _json)(work, about):
        portion.append(line)
        if len(portion) == _LINES_AT_ONCE:
            yield "".join(portion)
            portion = []
    yield "".join(portion)


def _csv(work: Work, _about: dict[str, str]) -> Iterator[str]:
    yield spreadsheet.BOM + spreadsheet.line(one.name for one in fields(ReportRow))
    for row in report_rows.rows(work):
        yield spreadsheet.line(astuple(row))


def _json(work: Work, about: dict[str, str]) -> Iterator[str]:
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "rows": ['
    before = "\n"
    for row in report_rows.rows(work):
        yield before + json.dumps(asdict(row), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


async def _written_down(core: Core, actor: Actor | None, action: str, what: str, form: Form, ip: str) -> None:
    async with core.database.writing() as session:
        audit.record(session, actor, action, what, form, ip=ip)
