"""What the admin's pages are given: small dataclasses without a field that an admin may not see.

Moments are milliseconds since 1970 (UTC).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account in the list of all."""

    id: int
    name: str
    display_name: str
    role: str
    disabled: bool
    created_ms: int
    classes: int  # as a student or a teacher
    is_me: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some accounts by name; ``next_after`` asks for those that follow, empty when there are none."""

    rows: list[PersonRow] = field(default_factory=list)
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the log."""

    id: int
    at: str  # ISO 8601
    at_ms: int
    actor: str
    action: str
    target: str
    details: str
    ip: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries, the newest first; ``next_before`` asks for those that follow, 0 when there are none."""

    rows: list[AuditRow] = field(default_factory=list)
    next_before: int = 0
