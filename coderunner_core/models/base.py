"""What all tables share: the clock, the lengths of names, and how a column points at a person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey

ID_LENGTH = 32  # uuid4 as hex
NAME_LENGTH = 40
TITLE_LENGTH = 80
PROBLEM_ID_LENGTH = 80


def utc_now() -> datetime:
    """The present moment, aware of its zone."""
    return datetime.now(UTC)


def belongs_to(table_column: str) -> list[Any]:
    """Column arguments of a row that goes when the row it belongs to goes."""
    return [ForeignKey(table_column, ondelete="CASCADE")]


def written_by(table_column: str) -> list[Any]:
    """Column arguments of a row that stays when the person it names goes."""
    return [ForeignKey(table_column, ondelete="SET NULL")]
