"""The rule of which bodies are kept beyond RESULT_TTL_DAYS, so that a teacher finds what they need by rule, not luck.

Of each student and problem these are kept:

- the submission with the best score (of several, the first that reached it),
- the first accepted submission,
- the newest submission,
- and every run or submission that somebody commented on.

A submission that was stopped, or that we failed to run, is none of them: it says nothing about the student.

They are kept while the student is in a class that goes on, and KEEP_DAYS beyond the day when the last of their classes
was archived. What is not kept any more, because another submission took its place, the student left the class, or the
days are over, has RESULT_TTL_DAYS from then on, as everything else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from coderunner_core.contract import Outcome, RunKind

_SAYS_NOTHING = frozenset({Outcome.CANCELLED, Outcome.INTERNAL_ERROR})


@dataclass(frozen=True, slots=True)
class Finished:
    """What the rule has to know of one finished run of a student."""

    run_id: str
    problem_id: str
    kind: RunKind
    outcome: Outcome
    score: int | None
    created_at: datetime
    commented: bool = False


def to_keep(runs: Iterable[Finished]) -> set[str]:
    """The ids of the runs to keep, of one student who is in a class. The order of ``runs`` is no matter.

    It is enough to give the runs that were kept so far and those that came since: what is best or first among all is
    so among these.
    """
    everything = list(runs)
    kept = {run.run_id for run in everything if run.commented}
    by_problem: dict[str, list[Finished]] = defaultdict(list)
    for run in sorted(everything, key=lambda run: (run.created_at, run.run_id)):
        if run.kind is RunKind.SUBMIT and run.outcome not in _SAYS_NOTHING:
            by_problem[run.problem_id].append(run)
    for submissions in by_problem.values():
        best = max(submissions, key=lambda run: run.score or 0)  # the first of several: max keeps what it met first
        accepted = next((run for run in submissions if run.outcome is Outcome.ACCEPTED), best)
        kept |= {best.run_id, accepted.run_id, submissions[-1].run_id}
    return kept


def is_covered(archived: Iterable[datetime | None], keep_days: int, now: datetime) -> bool:
    """Whether a student's work is kept: ``archived`` says of each of their classes when it was, None if it goes on."""
    return any(at is None or at + timedelta(days=keep_days) > now for at in archived)
