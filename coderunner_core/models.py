"""The tables: who there is, what they ran and how far they are. Plain SQLModel, so that the worker needs no Reflex."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlmodel import Field, SQLModel

from coderunner_core.contract import Outcome, RunKind, RunStatus

ID_LENGTH = 32  # uuid4 as hex
NAME_LENGTH = 40
PROBLEM_ID_LENGTH = 80


def utc_now() -> datetime:
    """The present moment, aware of its zone."""
    return datetime.now(UTC)


class Role(StrEnum):
    """What a person may do here."""

    STUDENT = "student"
    TEACHER = "teacher"
    ADMIN = "admin"


class ProgressStatus(StrEnum):
    """How far a student is with one problem."""

    NOT_STARTED = "not_started"
    TRIED = "tried"
    SOLVED = "solved"


class User(SQLModel, table=True):
    """A person with an account. ``name`` is what they sign in with, folded so that Ada and ada are one."""

    __tablename__ = "user_account"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=NAME_LENGTH, unique=True)
    display_name: str = Field(max_length=NAME_LENGTH)
    role: Role = Field(default=Role.STUDENT, sa_type=String(16))
    password_hash: str
    created_at: datetime = Field(default_factory=utc_now)
    disabled_at: datetime | None = None


class RevokedSession(SQLModel, table=True):
    """A session that was signed out before it expired; rows older than ``expires_at`` may be deleted."""

    __tablename__ = "revoked_session"

    session_id: str = Field(primary_key=True, max_length=ID_LENGTH)
    expires_at: datetime = Field(index=True)


class Run(SQLModel, table=True):
    """One press of Run or Submit: where it is, and in the end its one outcome. Its body is in the result store."""

    __tablename__ = "run"
    __table_args__ = (
        Index("ix_run_user_problem_created", "user_id", "problem_id", "created_at"),
        Index("ix_run_status_created", "status", "created_at"),
    )

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    user_id: int = Field(sa_column_args=[ForeignKey("user_account.id", ondelete="CASCADE")], nullable=False)
    problem_id: str = Field(max_length=PROBLEM_ID_LENGTH)
    problem_version: str = Field(max_length=64)
    kind: RunKind = Field(sa_type=String(16))
    status: RunStatus = Field(default=RunStatus.PENDING, sa_type=String(16))
    outcome: Outcome | None = Field(default=None, sa_type=String(24))
    score: int | None = None
    attempt: int = 0  # how often a worker has started it; more than one after a worker died
    worker: str = Field(default="", max_length=80)  # who has it
    cancel_requested: bool = False
    created_at: datetime = Field(default_factory=utc_now)
    lease_until: datetime | None = None  # a worker that lives has finished by then
    started_at: datetime | None = None
    finished_at: datetime | None = None
    cpu_ms: int = 0
    wall_ms: int = 0
    memory_kib: int = 0


class UserProgress(SQLModel, table=True):
    """How far one student is with one problem; only submissions count."""

    __tablename__ = "user_progress"

    user_id: int = Field(primary_key=True, sa_column_args=[ForeignKey("user_account.id", ondelete="CASCADE")])
    problem_id: str = Field(primary_key=True, max_length=PROBLEM_ID_LENGTH)
    status: ProgressStatus = Field(default=ProgressStatus.TRIED, sa_type=String(16))
    best_score: int = 0
    attempts: int = 0
    first_tried_at: datetime = Field(default_factory=utc_now)
    solved_at: datetime | None = None
    updated_at: datetime = Field(default_factory=utc_now)


class Draft(SQLModel, table=True):
    """What a student has typed for a problem, so that it is there on any device."""

    __tablename__ = "draft"

    user_id: int = Field(primary_key=True, sa_column_args=[ForeignKey("user_account.id", ondelete="CASCADE")])
    problem_id: str = Field(primary_key=True, max_length=PROBLEM_ID_LENGTH)
    source: str
    stdin: str = ""
    version: int = 1
    updated_at: datetime = Field(default_factory=utc_now)


class StoredResult(SQLModel, table=True):
    """The SQL driver's row of the result store: the body of an ExecutionResult."""

    __tablename__ = "execution_result"

    run_id: str = Field(primary_key=True, max_length=ID_LENGTH)
    source: str
    stdin: str = ""
    verdict_json: str | None = None  # None while pending
    created_at: datetime = Field(default_factory=utc_now)
    expires_at: datetime = Field(index=True)
