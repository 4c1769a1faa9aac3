"""Moments as pages get them: milliseconds since 1970, which any browser shows in its reader's own time zone."""

from __future__ import annotations

from datetime import UTC, datetime


def ms(moment: datetime | None) -> int:
    """Milliseconds since 1970 of a moment that is aware of its zone; 0 for never."""
    return int(moment.timestamp() * 1000) if moment else 0


def at(moment_ms: int) -> datetime:
    """The other way round."""
    return datetime.fromtimestamp(moment_ms / 1000, UTC)
