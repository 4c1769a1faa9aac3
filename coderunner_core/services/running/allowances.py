"""What a person may start, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence

from redis.exceptions import RedisError

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.errors import Busy
from coderunner_core.models import Role
from coderunner_core.quotas import Allowance
from coderunner_core.services.checks import signed_in
from coderunner_core.services.teaching import memberships
from coderunner_core.services.teaching.memberships import ActiveClass
from coderunner_core.services.views import QuotaView
from coderunner_core.settings import Settings


def allowance(settings: Settings, role: Role, kind: RunKind, classes: Sequence[ActiveClass] = ()) -> Allowance:
    """What somebody of this role, in these classes, may start of this kind.

    A class may allow more or less than the installation; of several that set a number, the most generous counts.
    """
    starts = settings.started_runs_factor
    if kind is RunKind.RUN:
        usual = Allowance(settings.runs_per_minute, settings.runs_per_day, starts)
        per_minute = [one.runs_per_minute for one in classes if one.runs_per_minute is not None]
        per_day = [one.runs_per_day for one in classes if one.runs_per_day is not None]
    else:
        usual = Allowance(settings.submissions_per_minute, settings.submissions_per_day, starts)
        per_minute = [one.submissions_per_minute for one in classes if one.submissions_per_minute is not None]
        per_day = [one.submissions_per_day for one in classes if one.submissions_per_day is not None]
    if role is not Role.STUDENT:
        factor = settings.staff_quota_factor
        return Allowance(usual.per_minute * factor, usual.per_day * factor, starts)
    return Allowance(max(per_minute, default=usual.per_minute), max(per_day, default=usual.per_day), starts)


async def classes_that_count(actor: Actor, core: Core) -> list[ActiveClass]:
    """The classes whose settings hold for the actor: a student's, in one query; nobody else's."""
    return await memberships.of(core, actor.user_id) if actor.role is Role.STUDENT else []


async def left(actor: Actor | None, core: Core) -> QuotaView:
    """What the actor has left. Raises NotSignedIn, and Busy when the counters cannot be read."""
    actor = signed_in(actor)
    classes = await classes_that_count(actor, core)
    try:
        runs, submissions = [
            await core.quotas.left(actor.user_id, kind, allowance(core.settings, actor.role, kind, classes))
            for kind in (RunKind.RUN, RunKind.SUBMIT)
        ]
    except RedisError as error:
        raise Busy("Your limits cannot be read just now.") from error
    return QuotaView(
        runs.this_minute, runs.today, submissions.this_minute, submissions.today, runs.more_in_s, submissions.more_in_s
    )
