"""How far each student is with each problem, and what is said about it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlmodel import Field, SQLModel

from coderunner_core.contract import Outcome, RunKind
from coderunner_core.models.base import ID_LENGTH, PROBLEM_ID_LENGTH, belongs_to, utc_now, written_by


class ProgressStatus(StrEnum):
    """How far a student is with one problem."""

    NOT_STARTED = "not_started"
    TRIED = "tried"
    SOLVED = "solved"


class UserProgress(SQLModel, table=True):
    """How far one student is with one problem; only submissions count."""

    __tablename__ = "user_progress"

    user_id: int = Field(primary_key=True, sa_column_args=belongs_to("user_account.id"))
    problem_id: str = Field(primary_key=True, max_length=PROBLEM_ID_LENGTH)
    status: ProgressStatus = Field(default=ProgressStatus.TRIED, sa_type=String(16))
    best_score: int = 0
    attempts: int = 0
    first_tried_at: datetime = Field(default_factory=utc_now)
    solved_at: datetime | None = None
    updated_at: datetime = Field(default_factory=utc_now)


class Activity(SQLModel, table=True):
    """What a student has lately done with one problem, runs and submissions alike, in the same commit as the verdict.

    The live class page reads one row a cell from here, however many runs there are.
    """

    __tablename__ = "activity"

    user_id: int = Field(primary_key=True, sa_column_args=belongs_to("user_account.id"))
    problem_id: str = Field(primary_key=True, max_length=PROBLEM_ID_LENGTH)
    runs: int = 0
    submissions: int = 0
    failures_in_row: int = 0  # presses since the last one that went well
    same_error_in_row: int = 0
    last_error: str = Field(default="", max_length=200)  # the error without what differs from press to press
    last_kind: RunKind = Field(default=RunKind.RUN, sa_type=String(16))
    last_outcome: Outcome | None = Field(default=None, sa_type=String(24))
    last_score: int | None = None
    last_run_id: str = Field(default="", max_length=ID_LENGTH)
    opened_at: datetime = Field(default_factory=utc_now)  # when the student first looked at the problem
    last_at: datetime = Field(default_factory=utc_now)  # when the newest press ended, or the problem was opened


class Comment(SQLModel, table=True):
    """One message of the talk between a student and their teachers about a problem, perhaps about one run of it."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_student_problem_created", "student_id", "problem_id", "created_at"),
        Index("ix_comment_run", "run_id"),  # deleting a run looks for the comments on it
        Index("ix_comment_author", "author_id"),
        # Asked by every page that opens: a few of years of talk.
        Index(
            "ix_comment_unread",
            "student_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    student_id: int = Field(sa_column_args=belongs_to("user_account.id"), nullable=False)
    problem_id: str = Field(max_length=PROBLEM_ID_LENGTH)
    run_id: str | None = Field(default=None, sa_column_args=written_by("run.id"), max_length=ID_LENGTH, nullable=True)
    author_id: int | None = Field(default=None, sa_column_args=written_by("user_account.id"), nullable=True)
    body: str
    created_at: datetime = Field(default_factory=utc_now)
    read_at: datetime | None = None  # by the other side
