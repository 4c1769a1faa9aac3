"""The tables. Plain SQLModel, so that the worker needs no Reflex."""

from coderunner_core.models.base import ID_LENGTH, NAME_LENGTH, PROBLEM_ID_LENGTH, TITLE_LENGTH, utc_now
from coderunner_core.models.classes import (
    JOIN_CODE_LENGTH,
    Assignment,
    AssignmentProblem,
    ClassDeparture,
    ClassTeacher,
    Enrolment,
    SchoolClass,
)
from coderunner_core.models.learning import Activity, Comment, ProgressStatus, UserProgress
from coderunner_core.models.people import AuditEntry, RevokedSession, Role, User
from coderunner_core.models.runs import Draft, Run, StoredResult

__all__ = [
    "ID_LENGTH",
    "JOIN_CODE_LENGTH",
    "NAME_LENGTH",
    "PROBLEM_ID_LENGTH",
    "TITLE_LENGTH",
    "Activity",
    "Assignment",
    "AssignmentProblem",
    "AuditEntry",
    "ClassDeparture",
    "ClassTeacher",
    "Comment",
    "Draft",
    "Enrolment",
    "ProgressStatus",
    "RevokedSession",
    "Role",
    "Run",
    "SchoolClass",
    "StoredResult",
    "User",
    "UserProgress",
    "utc_now",
]
