"""Classes: who teaches, who is enrolled, what is set, and what a class may do differently."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from coderunner_core.models.base import PROBLEM_ID_LENGTH, TITLE_LENGTH, belongs_to, utc_now, written_by

JOIN_CODE_LENGTH = 12


class SchoolClass(SQLModel, table=True):
    """A group of students with its teachers. ``class`` is a word of Python's, hence the longer name in code."""

    __tablename__ = "school_class"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=TITLE_LENGTH)
    created_by: int | None = Field(default=None, sa_column_args=written_by("user_account.id"), nullable=True)
    created_at: datetime = Field(default_factory=utc_now)
    archived_at: datetime | None = None
    join_code: str | None = Field(default=None, max_length=JOIN_CODE_LENGTH, unique=True)  # None: nobody may join
    join_code_expires_at: datetime | None = None
    level_ids: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))  # None: every level
    drafts_watched: bool = False  # teachers may look on while a student types; the student is told
    runs_per_minute: int | None = None  # instead of the installation's quota; None: the installation's
    runs_per_day: int | None = None
    submissions_per_minute: int | None = None
    submissions_per_day: int | None = None


class ClassTeacher(SQLModel, table=True):
    """A teacher of a class; all teachers of a class may do the same."""

    __tablename__ = "class_teacher"
    __table_args__ = (Index("ix_class_teacher_user", "user_id"),)

    class_id: int = Field(primary_key=True, sa_column_args=belongs_to("school_class.id"))
    user_id: int = Field(primary_key=True, sa_column_args=belongs_to("user_account.id"))
    added_at: datetime = Field(default_factory=utc_now)


class Enrolment(SQLModel, table=True):
    """A student in a class."""

    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_user", "user_id"),)

    class_id: int = Field(primary_key=True, sa_column_args=belongs_to("school_class.id"))
    user_id: int = Field(primary_key=True, sa_column_args=belongs_to("user_account.id"))
    joined_at: datetime = Field(default_factory=utc_now)


class ClassDeparture(SQLModel, table=True):
    """A student who has left a class by themselves; its teachers are told for some weeks (services: leaving)."""

    __tablename__ = "class_departure"
    __table_args__ = (Index("ix_class_departure_user", "user_id"),)

    class_id: int = Field(primary_key=True, sa_column_args=belongs_to("school_class.id"))
    user_id: int = Field(primary_key=True, sa_column_args=belongs_to("user_account.id"))
    left_at: datetime = Field(default_factory=utc_now)


class Assignment(SQLModel, table=True):
    """Problems that a class is to solve in a span of time."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_class", "class_id"),)

    id: int | None = Field(default=None, primary_key=True)
    class_id: int = Field(sa_column_args=belongs_to("school_class.id"), nullable=False)
    title: str = Field(max_length=TITLE_LENGTH)
    opens_at: datetime | None = None  # None: at once
    due_at: datetime | None = None  # None: whenever
    created_at: datetime = Field(default_factory=utc_now)


class AssignmentProblem(SQLModel, table=True):
    """One problem of an assignment, at its place."""

    __tablename__ = "assignment_problem"

    assignment_id: int = Field(primary_key=True, sa_column_args=belongs_to("assignment.id"))
    problem_id: str = Field(primary_key=True, max_length=PROBLEM_ID_LENGTH)
    position: int = 0
