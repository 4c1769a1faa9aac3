"""What was run: where each run is and how it ended, its body where the SQL driver keeps it, and what is being typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, false, text
from sqlmodel import Field, SQLModel

from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.models.base import ID_LENGTH, PROBLEM_ID_LENGTH, belongs_to, utc_now


class Run(SQLModel, table=True):
    """One press of Run or Submit: where it is, and in the end its one outcome. Its body is in the result store."""

    __tablename__ = "run"
    __table_args__ = (
        Index("ix_run_user_problem_created", "user_id", "problem_id", "created_at"),
        Index("ix_run_user_created", "user_id", "created_at"),
        Index("ix_run_status_created", "status", "created_at"),
        Index("ix_run_created", "created_at"),
        # A few of a student's many: an index of these alone.
        Index("ix_run_kept", "user_id", sqlite_where=text("body_kept"), postgresql_where=text("body_kept")),
    )

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    user_id: int = Field(sa_column_args=belongs_to("user_account.id"), nullable=False)
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
    tests: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})  # that a submission was graded by
    body_kept: bool = Field(default=False, sa_column_kwargs={"server_default": false()})  # beyond RESULT_TTL_DAYS


class Draft(SQLModel, table=True):
    """What a student has typed for a problem, so that it is there on any device."""

    __tablename__ = "draft"

    user_id: int = Field(primary_key=True, sa_column_args=belongs_to("user_account.id"))
    problem_id: str = Field(primary_key=True, max_length=PROBLEM_ID_LENGTH)
    source: str
    stdin: str = ""
    version: int = 1
    aside_source: str | None = None  # what stood there before an earlier program was brought back; None: nothing
    aside_stdin: str | None = None
    updated_at: datetime = Field(default_factory=utc_now)


class StoredResult(SQLModel, table=True):
    """The SQL driver's row of the result store: the body of an ExecutionResult."""

    __tablename__ = "execution_result"

    run_id: str = Field(primary_key=True, max_length=ID_LENGTH)
    source: str
    stdin: str = ""
    verdict_json: str | None = None  # None while pending
    created_at: datetime = Field(default_factory=utc_now)
    expires_at: datetime | None = Field(index=True)  # None: kept until the rule that keeps it ends
