"""What a person may start, and what is left of it."""

from __future__ import annotations

from redis.exceptions import RedisError

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.errors import Busy
from coderunner_core.models import Role
from coderunner_core.quotas import Allowance
from coderunner_core.services.checks import signed_in
from coderunner_core.services.views import QuotaView
from coderunner_core.settings import Settings


def allowance(settings: Settings, role: Role, kind: RunKind) -> Allowance:
    """What somebody of this role may start of this kind."""
    factor = 1 if role is Role.STUDENT else settings.staff_quota_factor
    if kind is RunKind.RUN:
        return Allowance(settings.runs_per_minute * factor, settings.runs_per_day * factor)
    return Allowance(settings.submissions_per_minute * factor, settings.submissions_per_day * factor)


async def left(actor: Actor | None, core: Core) -> QuotaView:
    """What the actor has left. Raises NotSignedIn, and Busy when the counters cannot be read."""
    actor = signed_in(actor)
    try:
        runs, submissions = [
            await core.quotas.left(actor.user_id, kind, allowance(core.settings, actor.role, kind))
            for kind in (RunKind.RUN, RunKind.SUBMIT)
        ]
    except RedisError as error:
        raise Busy("Your limits cannot be read just now.") from error
    return QuotaView(runs.this_minute, runs.today, submissions.this_minute, submissions.today)
