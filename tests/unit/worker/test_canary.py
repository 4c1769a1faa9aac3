"""A proof that programs run: when it is sought, what counts as one, and what readiness makes of it."""

from __future__ import annotations

from coderunner_core.contract import Outcome, RunResult
from coderunner_core.health import Part
from sandbox import SandboxBroken
from tests.fake_control import vitals
from tests.fakes import FakeClock
from worker.canary import EVERY_S, Canary
from worker.readiness import judge

WELL = RunResult(Outcome.OK, stdout=b"42\n")


class OneAnswer:
    """A sandbox that always ends programs in the same way, or not at all."""

    def __init__(self, answer: RunResult | None) -> None:
        self.answer, self.starts = answer, 0

    def run(self, *_: object) -> RunResult:
        self.starts += 1
        if self.answer is None:
            raise SandboxBroken("the engine is away")
        return self.answer


def test_an_idle_worker_proves_itself_now_and_then() -> None:
    """Not at each look, but soon enough that a proof never gets a minute old."""
    clock, sandbox = FakeClock(), OneAnswer(WELL)
    began_s = clock.now_s
    canary = Canary(sandbox, clock)
    canary.sing()
    canary.sing()
    assert (sandbox.starts, canary.proven_at) == (1, began_s)
    clock.now_s += EVERY_S
    canary.sing()
    assert (sandbox.starts, canary.proven_at) == (2, began_s + EVERY_S)


def test_a_students_program_is_proof_enough() -> None:
    """A busy worker spends nothing on it."""
    clock, sandbox = FakeClock(), OneAnswer(WELL)
    canary = Canary(sandbox, clock)
    canary.note()
    canary.sing()
    assert (sandbox.starts, canary.proven_at) == (0, clock.now_s)


def test_a_broken_sandbox_is_no_proof() -> None:
    """Nor is one that answers wrongly; the worker lives on."""
    for answer in (None, RunResult(Outcome.OK, stdout=b"43\n"), RunResult(Outcome.INTERNAL_ERROR)):
        canary = Canary(OneAnswer(answer), FakeClock())
        canary.sing()
        assert canary.proven_at == 0.0


def test_ready_is_who_lives_and_has_lately_proven_it() -> None:
    """An old proof, a silent store or a missing worker is each enough to be unready, and is said."""
    well, fresh = (Part("redis", True, 1.0),), vitals("h.run.1", proven_at=950.0)
    old = vitals("h.run.2", proven_at=900.0)
    assert judge(well, [fresh], 1, 1000.0).in_words() == ""
    assert not judge(well, [], 1, 1000.0).ok
    unproven = judge(well, [fresh, old], 2, 1000.0)
    assert (unproven.ok, unproven.unproven) == (False, (old.name,))
    assert judge((Part("database", False, 3000.0),), [fresh], 1, 1000.0).in_words() == "the database does not answer"
