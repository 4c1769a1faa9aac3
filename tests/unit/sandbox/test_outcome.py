"""From facts to the one word: the strongest reason wins."""

from __future__ import annotations

import pytest

from coderunner_core.contract import Outcome
from sandbox.outcome import Facts, classify


def _facts(ended: str = "exit", exit_code: int = 0, oom_kills: int = 0) -> Facts:
    return Facts(ended, exit_code, cpu_us=1, wall_us=1, waited_us=0, peak_kib=1, oom_kills=oom_kills)


@pytest.mark.parametrize(
    ("facts", "said", "expected"),
    [
        (_facts(), b"", Outcome.OK),
        (_facts(exit_code=3), b"", Outcome.RUNTIME_ERROR),
        (_facts(exit_code=-11), b"", Outcome.RUNTIME_ERROR),
        (_facts(exit_code=1), b"C", Outcome.COMPILE_ERROR),
        (_facts(exit_code=1), b"M", Outcome.MEMORY_LIMIT),
        (_facts("cpu", -9), b"", Outcome.TIME_LIMIT),
        (_facts("wall", -9), b"", Outcome.TIME_LIMIT),
        (_facts("memory", -9), b"", Outcome.MEMORY_LIMIT),
        (_facts("output", -9), b"", Outcome.OUTPUT_LIMIT),
        (_facts("cancel", -9), b"", Outcome.CANCELLED),
        (_facts(oom_kills=1), b"", Outcome.MEMORY_LIMIT),
        (_facts("wall", oom_kills=1), b"", Outcome.MEMORY_LIMIT),
        (_facts("cancel", oom_kills=1), b"", Outcome.CANCELLED),
    ],
)
def test_the_strongest_reason_is_the_outcome(facts: Facts, said: bytes, expected: Outcome) -> None:
    """A killed child is memory_limit although the parent went on; a cancelled run is cancelled whatever else."""
    assert expected is classify(facts, said)


def test_facts_that_are_incomplete_are_refused() -> None:
    """A leader that leaves something out has not been understood."""
    with pytest.raises(KeyError):
        Facts.parse({"ended": "exit"})
