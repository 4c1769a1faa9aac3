"""Errors that a user may read: each says what was wrong and what to do about it.

    CodeRunnerError
    ├── BadInput                what was sent cannot be accepted (empty, too large, malformed)
    │   └── BadProblem          a problem folder is refused at load: file, field, reason
    ├── NotSignedIn             nobody, or a session that has expired, was revoked or was forged
    │   └── SignInFailed        unknown name or wrong password: one answer for both
    ├── NotAllowed              signed in, but not theirs to see or to change
    ├── NotFound                no such problem, run or person
    │   └── Gone                it was there, and is kept no longer
    ├── Refused                 well formed and allowed, but not now
    │   ├── TooMany             a limit was reached: which, and when it opens again
    │   └── Busy                the queue is too long or cannot be reached
    │       └── StoreAway       the database does not answer
    └── Misconfigured           the settings cannot work; lists everything that is wrong at once

Anything else that is raised is ours: it is logged with its ids and shown as a plain apology.
"""

from __future__ import annotations

APOLOGY = "Something went wrong on our side. Your work is saved; please try again in a moment."


class CodeRunnerError(Exception):
    """Base of every error whose message may be shown to the person who caused it."""

    status_code = 400  # what an HTTP endpoint answers

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(CodeRunnerError):
    """What was sent cannot be accepted."""

    status_code = 422


class BadProblem(BadInput):
    """A problem folder that cannot be loaded: names the file, the field and the reason."""

    def __init__(self, file: str, field: str, reason: str) -> None:
        super().__init__(f"{file}: {field}: {reason}")
        self.file, self.field, self.reason = file, field, reason


class NotSignedIn(CodeRunnerError):
    """There is no valid session behind this request."""

    status_code = 401

    def __init__(self, message: str = "Please sign in first.") -> None:
        super().__init__(message)


class SignInFailed(NotSignedIn):
    """The same answer for an unknown name and for a wrong password."""

    def __init__(self) -> None:
        super().__init__("That name and password do not match. Check both and try again.")


class NotAllowed(CodeRunnerError):
    """Signed in, but this is not theirs."""

    status_code = 403

    def __init__(self, message: str = "This is not yours to see or change.") -> None:
        super().__init__(message)


class NotFound(CodeRunnerError):
    """There is no such thing, or none that this person may know of."""

    status_code = 404


class Gone(NotFound):
    """It was there, and is kept no longer."""

    status_code = 410


class Refused(CodeRunnerError):
    """Nothing is wrong with the request, but it cannot be taken now. ``limit`` names what refuses, for metrics: one of
    a handful of words in our own code.
    """

    status_code = 503

    def __init__(self, message: str, *, limit: str = "other") -> None:
        super().__init__(message)
        self.limit = limit


class TooMany(Refused):
    """A limit was reached. ``retry_after_s`` says when the next try can pass."""

    status_code = 429

    def __init__(self, message: str, retry_after_s: int, *, limit: str = "other") -> None:
        super().__init__(message, limit=limit)
        self.retry_after_s = retry_after_s


class Busy(Refused):
    """The platform cannot take this now."""


class StoreAway(Busy):
    """What is saved can be neither read nor changed now; pages that anyone may read open all the same."""

    def __init__(self, what: str = "What is saved here cannot be reached just now.") -> None:
        super().__init__(f"{what} What you type is kept in this browser; try again in a moment.")


class Misconfigured(CodeRunnerError):
    """The settings cannot work. ``problems`` lists everything that is wrong, so that one look is enough."""

    status_code = 500

    def __init__(self, problems: list[str]) -> None:
        super().__init__("These settings need attention:\n" + "\n".join(f"  - {p}" for p in problems))
        self.problems = problems
