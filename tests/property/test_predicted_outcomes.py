"""Random programs from a small grammar end in the real sandbox exactly as was foretold."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings

from coderunner_core.contract import Outcome, Program
from sandbox import Sandbox
from tests.property.grammar import Predicted, programs

_STOPPED = (Outcome.TIME_LIMIT, Outcome.MEMORY_LIMIT, Outcome.OUTPUT_LIMIT)


@settings(
    max_examples=60,
    deadline=None,  # replacing a container takes what it takes
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(predicted=programs)
def test_a_program_ends_as_predicted(sandbox: Sandbox, predicted: Predicted) -> None:
    """Outcome, exit code, stdout and stderr are those of the grammar."""
    ending = predicted.ending
    result = sandbox.run(Program(predicted.source), ending.limits)
    stdout, stderr = result.stdout.decode(), result.stderr.decode()
    assert ending.outcome == result.outcome
    if ending.outcome not in _STOPPED:
        assert ending.exit_code == result.exit_code
    if ending.stdout_goes_on:
        limit = ending.limits.output_bytes - len(result.stderr)
        assert (predicted.stdout + "flood\n" * limit).encode()[:limit] == result.stdout
    else:
        assert predicted.stdout == stdout
    if ending.stderr_contains:
        assert stderr.startswith(predicted.stderr)
        assert ending.stderr_contains in stderr
    elif ending.outcome is not Outcome.MEMORY_LIMIT:  # Python may or may not live to tell
        assert predicted.stderr == stderr
