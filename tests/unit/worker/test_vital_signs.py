"""What a worker asks between two jobs: little, since the next one may be waiting."""

from __future__ import annotations

from typing import cast

from redis import Redis

from coderunner_core.contract import Outcome, RunKind, RunResult
from sandbox import PoolStats
from tests.fakes import FakeClock
from worker.canary import Canary
from worker.vital_signs import VitalSigns


class _Sandbox:
    """Answers the canary."""

    def run(self, *_: object) -> RunResult:
        return RunResult(Outcome.OK, stdout=b"42\n")


class _Control:
    """A Redis that knows whether somebody is drained, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def sismember(self, *_: object) -> int:
        self.asked += 1
        return 0


def test_a_worker_that_works_off_a_queue_does_not_ask_before_each_job() -> None:
    """Twenty short jobs in a fifth of a second cost one question; half a second later it asks again."""
    clock, control = FakeClock(), _Control()
    stats = PoolStats(ready=1, in_use=0, retired={}, started=1)
    canary = Canary(_Sandbox(), clock)
    signs = VitalSigns(cast(Redis, control), RunKind.RUN, "host.1.run.1.1", canary, lambda: stats, print, clock)
    for _ in range(20):
        assert signs.may_take()
        clock.now_s += 0.01
    assert control.asked == 1
    clock.now_s += 0.5
    assert (signs.may_take(), control.asked) == (True, 2)
