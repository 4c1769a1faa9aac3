"""What changes when one thing is done differently: quotas, caching, another runner (the report's appendix A)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coderunner_core.cost.inputs import Inputs
from coderunner_core.cost.model import Compute, compute
from coderunner_core.cost.prices import Range, Template
from coderunner_core.errors import BadInput

QUOTA_FROM_RUNS, QUOTA_TO_RUNS = 30, 10  # the report's example
BROWSING_SHARE = 0.8  # the report's example
HIT_SHARE = 1.0  # the best that a cache can do
_CACHED_ROLES = ("web", "api", "database")  # what reads of the curriculum reach when nothing is cached


@dataclass(frozen=True, slots=True)
class Quota:
    """Users who run ``runs_from`` programs a day, and a quota that stops them at ``runs_to``. Submissions stay."""

    runs_from: float
    runs_to: float
    before: Compute
    after: Compute

    @property
    def factor(self) -> float:
        """By how much execution falls."""
        return self.before.execution_s_per_user_day / self.after.execution_s_per_user_day


def quota(inputs: Inputs, runs_from: float = QUOTA_FROM_RUNS, runs_to: float = QUOTA_TO_RUNS) -> Quota:
    """What a daily quota of runs saves; everything else as in the inputs."""
    before, after = replace(inputs, runs_per_user_day=runs_from), replace(inputs, runs_per_user_day=runs_to)
    return Quota(runs_from, runs_to, compute(before), compute(after))


def load_left(browsing_share: float = BROWSING_SHARE, hit_share: float = HIT_SHARE) -> float:
    """The share of the load on web, API and database that a cache leaves: what is not browsing, and the misses.

    Raises BadInput when a share is not between 0 and 1.
    """
    if not (0 <= browsing_share <= 1 and 0 <= hit_share <= 1):
        raise BadInput("A share is between 0 and 1.")
    return 1 - browsing_share * hit_share


def caching_saves_at_most(template: Template) -> float:
    """Money a month: what the parts that a cache relieves cost at the high end more than at the low end.

    A cache saves nothing on runners, and nothing below the smallest instance.
    """
    return sum(part.high - part.low for part in template.parts if part.role in _CACHED_ROLES)


@dataclass(frozen=True, slots=True)
class Runners:
    """An installation with a given number of runners."""

    count: int
    vcpus: float
    busy_share_mean: float  # more than 1: the queue only grows
    busy_share_peak_hour: float
    adds: dict[str, Range]  # by template id: money a month more than with one runner


def with_runners(inputs: Inputs, count: int, templates: tuple[Template, ...]) -> Runners:
    """What so many runners carry and cost."""
    needed, vcpus = compute(inputs), count * inputs.runner_vcpus
    none = Range(low=0, high=0)
    return Runners(
        count,
        vcpus,
        needed.vcpus_mean / vcpus,
        needed.vcpus_peak_hour / vcpus,
        {one.id: none.plus(one.runner, count - 1) for one in templates if one.scales},
    )
