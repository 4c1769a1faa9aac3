"""Who there is, which sessions ended early, and who did what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlmodel import Field, SQLModel

from coderunner_core.models.base import ID_LENGTH, NAME_LENGTH, utc_now, written_by


class Role(StrEnum):
    """What a person may do here."""

    STUDENT = "student"
    TEACHER = "teacher"
    ADMIN = "admin"


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
    password_changed_at: datetime | None = None  # sessions issued before it have ended


class RevokedSession(SQLModel, table=True):
    """A session that was signed out before it expired; rows older than ``expires_at`` may be deleted."""

    __tablename__ = "revoked_session"

    session_id: str = Field(primary_key=True, max_length=ID_LENGTH)
    expires_at: datetime = Field(index=True)


class AuditEntry(SQLModel, table=True):
    """Something that somebody did to others or to the installation. Names are copied: they outlive the account."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "at"), Index("ix_audit_entry_actor_at", "actor_id", "at"))

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=utc_now)
    actor_id: int | None = Field(default=None, sa_column_args=written_by("user_account.id"), nullable=True)
    actor_name: str = Field(default="", max_length=NAME_LENGTH)  # empty: nobody was signed in
    action: str = Field(max_length=40)  # e.g. "sign_in", "role.change", "user.delete", "class.export"
    target: str = Field(default="", max_length=120)  # what it was done to, in words and ids
    details: str = Field(default="", max_length=400)
    ip: str = Field(default="", max_length=45)
