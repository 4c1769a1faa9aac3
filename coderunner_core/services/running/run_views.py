"""Turns a run and its verdict into what its owner is shown."""

from __future__ import annotations

from collections.abc import Sequence

from coderunner_core.contract import Outcome, RunKind, RunStatus, TestReport, Verdict
from coderunner_core.events import Chunk
from coderunner_core.models import Run
from coderunner_core.services.views import ChunkView, RunView, TestView, WholeOutputView

_BODY_AWAY = "What it printed cannot be read just now. It appears here when it can be."


def as_view(
    run: Run,
    verdict: Verdict | None = None,
    chunks: Sequence[Chunk] = (),
    queue_place: int | None = None,
    queue_wait_s: float | None = None,
    *,
    no_worker: bool = False,
    body_away: bool = False,
) -> RunView:
    """A run as pages are given it; ``chunks`` is what has arrived so far. ``body_away``: the rest cannot be read."""
    finished = run.status == RunStatus.FINISHED
    shown = verdict if finished and verdict is not None else Verdict(Outcome.INTERNAL_ERROR)
    return RunView(
        id=run.id,
        problem_id=run.problem_id,
        kind=RunKind(run.kind).value,
        status=RunStatus(run.status).value,
        outcome=Outcome(run.outcome).value if run.outcome else "",
        score=run.score,
        tests=[_test_view(test) for test in shown.tests],
        chunks=[ChunkView(c.seq, c.stream.value, c.text) for c in chunks],
        stdout=shown.stdout,
        stderr=shown.stderr,
        exit_code=shown.exit_code,
        cpu_ms=run.cpu_ms,
        wall_ms=run.wall_ms,
        memory_kib=run.memory_kib,
        truncated=shown.truncated,
        whole_outputs=[
            WholeOutputView(one.stream.value, one.size_bytes, kept=bool(one.key)) for one in shown.whole_outputs
        ],
        explanation=_BODY_AWAY if body_away and finished else shown.explanation,
        created_at=run.created_at.isoformat(),
        queue_place=queue_place,
        queue_wait_s=queue_wait_s,
        no_worker=no_worker,
        body_away=body_away,
    )


def _test_view(test: TestReport) -> TestView:
    # A hidden test shows how it ended and nothing of what was in it, whatever the grader put into the report.
    return TestView(
        name=test.name,
        outcome=test.outcome.value,
        visible=test.visible,
        wall_ms=test.wall_ms,
        cpu_ms=test.cpu_ms,
        memory_kib=test.memory_kib,
        first_difference=test.first_difference if test.visible else "",
        input_shown=test.input_shown if test.visible else "",
        stdout_shown=test.stdout_shown if test.visible else "",
        stderr_shown=test.stderr_shown if test.visible else "",
    )
