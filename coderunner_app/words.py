"""What the pages say about a run and its tests, in words and marks that a child understands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coderunner_app import routes
from coderunner_core.contract import Outcome, RunKind, RunStatus
from coderunner_core.services.views import ProblemView, QuotaView, RunView, TestView, WholeOutputView

_ERROR_LINE = re.compile(r'^ *File "main\.py", line (\d+)', re.MULTILINE)
_DONE_SHORT_MS = 1000
_FEW = 2

# tone (which colour), mark (never colour alone), words
_RUN_ENDINGS = {
    Outcome.OK: ("ok", "✓", "Finished"),
    Outcome.ACCEPTED: ("ok", "✓", "Solved"),
    Outcome.WRONG_ANSWER: ("try", "●", "Not yet"),
    Outcome.RUNTIME_ERROR: ("bad", "✕", "Stopped by an error"),
    Outcome.TIME_LIMIT: ("bad", "✕", "Took too long"),
    Outcome.MEMORY_LIMIT: ("bad", "✕", "Needed too much memory"),
    Outcome.OUTPUT_LIMIT: ("bad", "✕", "Printed too much"),
    Outcome.COMPILE_ERROR: ("bad", "✕", "Python could not read it"),
    Outcome.CANCELLED: ("soft", "■", "Stopped"),
    Outcome.INTERNAL_ERROR: ("soft", "!", "Our mistake"),
}
_TEST_ENDINGS = {
    Outcome.OK: ("ok", "✓", "passed"),
    Outcome.ACCEPTED: ("ok", "✓", "passed"),
    Outcome.WRONG_ANSWER: ("bad", "✕", "wrong answer"),
    Outcome.RUNTIME_ERROR: ("bad", "✕", "error"),
    Outcome.TIME_LIMIT: ("bad", "✕", "too slow"),
    Outcome.MEMORY_LIMIT: ("bad", "✕", "too much memory"),
    Outcome.OUTPUT_LIMIT: ("bad", "✕", "too much output"),
    Outcome.COMPILE_ERROR: ("bad", "✕", "cannot be read"),
    Outcome.CANCELLED: ("soft", "■", "stopped"),
    Outcome.INTERNAL_ERROR: ("soft", "!", "not run"),
}


def ending_words(outcome: str) -> str:
    """How a run ended, as a teacher reads it among others."""
    return _RUN_ENDINGS[Outcome(outcome)][2] if outcome in set(Outcome) else "Unknown"


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; ``quoted`` pieces are the student's or the test's own text."""

    text: str
    quoted: bool


@dataclass(frozen=True)
class TestRow:
    """One test of a submission, ready to be shown."""

    __test__ = False  # not a pytest class

    name: str
    visible: bool
    passed: bool
    tone: str
    mark: str
    label: str
    cost: str
    difference: list[Part]
    given: str
    printed: str
    errors: str


@dataclass(frozen=True)
class Marker:
    """A line of the program that deserves a look."""

    line: int
    message: str


@dataclass(frozen=True)
class Download:
    """All of a stream that the page shows the beginning of; without an address, the rest was not kept."""

    words: str
    address: str


@dataclass(frozen=True)
class RunPanel:
    """A run as the page shows it."""

    id: str = ""
    submitted: bool = False
    active: bool = False
    status: str = ""  # pending, running, finished; empty when there is none
    tone: str = "soft"
    mark: str = ""
    label: str = ""
    cost: str = ""
    explanation: str = ""
    truncated: bool = False
    downloads: list[Download] = field(default_factory=list)
    solved: bool = False
    silent: bool = False  # it ended well and printed nothing
    score: str = ""
    created_at: str = ""
    tests: list[TestRow] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)


def panel(run: RunView) -> RunPanel:
    """A run in words."""
    finished = run.status == RunStatus.FINISHED.value
    submitted = run.kind == RunKind.SUBMIT.value
    tone, mark, label = _RUN_ENDINGS[Outcome(run.outcome)] if finished and run.outcome else ("soft", "", "")
    rows = [_row(test) for test in run.tests] if submitted else []
    cost_known = finished and run.outcome not in (Outcome.CANCELLED, Outcome.INTERNAL_ERROR, Outcome.COMPILE_ERROR)
    return RunPanel(
        id=run.id,
        submitted=submitted,
        active=not finished,
        status=run.status,
        tone=tone,
        mark=mark,
        label=label,
        cost=_cost(run.wall_ms, run.memory_kib) if cost_known else "",
        explanation=run.explanation,
        truncated=run.truncated,
        downloads=[_download(run.id, one) for one in run.whole_outputs],
        solved=run.outcome == Outcome.ACCEPTED,
        silent=finished and run.outcome == Outcome.OK and not (run.stdout or run.stderr),
        score=_score(rows, run.score),
        created_at=run.created_at,
        tests=rows,
        markers=_markers(run),
    )


def ending(outcome: str) -> tuple[str, str, str]:
    """Tone, mark and words of how a run ended; of one that has not, too."""
    return _RUN_ENDINGS[Outcome(outcome)] if outcome else ("soft", "…", "Not finished")


def limits_line(problem: ProblemView) -> str:
    """What a program may use and how it is tested."""
    seconds = f"{problem.wall_ms / 1000:g}"
    hidden = f", {problem.hidden_tests} hidden" if problem.hidden_tests else ""
    visible = f"{problem.visible_tests} visible {'test' if problem.visible_tests == 1 else 'tests'}"
    unit = "second" if seconds == "1" else "seconds"
    return f"{seconds} {unit} · {problem.memory_mib} MB · {visible}{hidden}"


def quota_left(quota: QuotaView) -> dict[str, object]:
    """What is left of the quota, for what counts on in the browser: ``next`` stands before the seconds that it counts.

    Submissions are named once they are few: most people come to the end of their runs first.
    """
    parts = [_left(quota.runs_this_minute, quota.runs_today, quota.runs_more_in_s, "run")]
    if quota.submissions_this_minute <= _FEW:
        submissions = quota.submissions_this_minute, quota.submissions_today, quota.submissions_more_in_s
        parts.append(_left(*submissions, "submission"))
    changes = [one for one in (quota.runs_more_in_s, quota.submissions_more_in_s) if one is not None]
    return {"parts": parts, "more_in_s": min(changes, default=0)}


def _left(this_minute: int, today: int, more_in_s: int | None, what: str) -> dict[str, object]:
    left_today = f"{today or 'no'} {what if today == 1 else f'{what}s'} left today"
    if not this_minute:
        return {"words": left_today, "next": f"next {what} in", "in_s": more_in_s or 0}
    if this_minute == today:
        return {"words": left_today, "next": "", "in_s": 0}
    left = f"{this_minute} {what if this_minute == 1 else f'{what}s'} left this minute, {today} today"
    return {"words": left, "next": "", "in_s": 0}


def _download(run_id: str, whole: WholeOutputView) -> Download:
    what = "the output" if whole.stream == "stdout" else "the errors"
    if not whole.kept:
        return Download(f"Only the beginning of {what} could be kept, of {_size(whole.size_bytes)}.", "")
    return Download(f"Download {what} ({_size(whole.size_bytes)})", routes.output(run_id, whole.stream))


def _size(size_bytes: int) -> str:
    kib = size_bytes / 1024
    return f"{round(kib):,} KB" if kib < 1024 else f"{kib / 1024:.1f} MB"


def _row(test: TestView) -> TestRow:
    outcome = Outcome(test.outcome)
    tone, mark, label = _TEST_ENDINGS[outcome]
    passed = tone == "ok"
    return TestRow(
        name=test.name,
        visible=test.visible,
        passed=passed,
        tone=tone,
        mark=mark,
        label=label,
        cost=_cost(test.wall_ms, test.memory_kib),
        difference=_parts(test.first_difference),
        given="" if passed else test.input_shown,
        printed="" if passed else test.stdout_shown,
        errors="" if passed else test.stderr_shown,
    )


def _parts(sentence: str) -> list[Part]:
    """What stands between backticks is quoted."""
    return [Part(text, bool(index % 2)) for index, text in enumerate(sentence.split("`")) if text]


def _score(rows: list[TestRow], score: int | None) -> str:
    if not rows or score is None:
        return ""
    passed = sum(row.passed for row in rows)
    return f"{passed} of {len(rows)} {'test passes' if len(rows) == 1 else 'tests pass'} · {score} %"


def duration(wall_ms: int) -> str:
    """How long something took."""
    return f"{wall_ms} ms" if wall_ms < _DONE_SHORT_MS else f"{wall_ms / 1000:.1f} s"


def _cost(wall_ms: int, memory_kib: int) -> str:
    time = duration(wall_ms)
    return f"{time} · {max(1, round(memory_kib / 1024))} MB" if memory_kib else time


def waiting(place: int | None, wait_s: float | None) -> dict[str, object]:
    """How many are ahead in the queue, and the seconds that the browser counts down; None when nobody is there."""
    if wait_s is None:
        return {"words": "It waits: nobody is there to run it yet. It starts by itself", "wait_s": 0}
    if not place:
        return {"words": "Next in the queue", "wait_s": 0}
    ahead = f"{place} {'program is' if place == 1 else 'programs are'} ahead of yours"
    return {"words": ahead, "wait_s": round(wait_s, 1)}


def _markers(run: RunView) -> list[Marker]:
    """The student's line that an error came from, the innermost of them."""
    if run.outcome not in (Outcome.RUNTIME_ERROR, Outcome.COMPILE_ERROR):
        return []
    shown = [run.stderr, *(test.stderr_shown for test in run.tests)]
    for errors in shown:
        if lines := _ERROR_LINE.findall(errors):
            return [Marker(int(lines[-1]), errors.strip().splitlines()[-1][:200])]
    return []


def js_length(output: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(output.encode("utf-16-le", "replace")) // 2
