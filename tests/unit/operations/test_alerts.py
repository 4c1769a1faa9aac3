"""When an alert fires, that it fires once, and that Prometheus is told the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from coderunner_core.control import RedisMemory
from coderunner_core.health import Part
from coderunner_core.operations.alerts import RULES, Notice, Rule, Standing, due, step, told
from coderunner_core.operations.snapshot import QueueNow, Snapshot
from coderunner_core.operations.webhook import payload

WELL = Snapshot(
    parts=(Part("database", True, 2.0), Part("redis", True, 1.0)),
    queues=(QueueNow("code-execution", 3, 0.1, workers=2), QueueNow("code-submission", 0, 0.0, workers=1)),
    memory=RedisMemory(10, 100),
    recent_runs=100,
)
DEPLOY = Path(__file__).parents[3] / "deploy"


def queue(waiting: int = 0, oldest_wait_s: float = 0.0, workers: int = 1) -> tuple[QueueNow, ...]:
    return (QueueNow("code-execution", waiting, oldest_wait_s, workers),)


# The rule, what is just not enough for it, and what is.
EDGES = [
    ("ProcessDown", WELL, Snapshot((), silent=("http://web-1:8000/health",))),
    ("StoreDown", WELL, Snapshot(parts=(Part("redis", False, 3000.0),))),
    ("NoWorkers", Snapshot((), queue(workers=1)), Snapshot((), queue(workers=0))),
    ("QueueTooLong", Snapshot((), queue(waiting=100)), Snapshot((), queue(waiting=101))),
    ("QueueWaitTooLong", Snapshot((), queue(oldest_wait_s=2.0)), Snapshot((), queue(oldest_wait_s=2.1))),
    ("RunnerErrors", Snapshot((), recent_runs=100, recent_errors=5), Snapshot((), recent_runs=100, recent_errors=6)),
    ("DatabaseSlow", Snapshot((Part("database", True, 100.0),)), Snapshot((Part("database", True, 101.0),))),
    ("RedisMemoryHigh", Snapshot((), memory=RedisMemory(80, 100)), Snapshot((), memory=RedisMemory(81, 100))),
]


def rule(name: str) -> Rule:
    return next(one for one in RULES if one.name == name)


def firing(standing: dict[str, Standing]) -> list[str]:
    return [name for name, one in standing.items() if one.firing]


def test_every_rule_has_its_edge_here() -> None:
    """A new rule is tried, too."""
    assert [name for name, _, _ in EDGES] == [one.name for one in RULES]


@pytest.mark.parametrize(("name", "below", "above"), EDGES, ids=[name for name, _, _ in EDGES])
def test_a_rule_fires_above_its_threshold_after_its_time(name: str, below: Snapshot, above: Snapshot) -> None:
    """Not at it, and not a second earlier."""
    for_s = rule(name).for_s
    assert step({}, below, 1000) == {}
    begun = step({}, above, 1000)
    if for_s:
        assert firing(step(begun, above, 1000 + for_s - 1)) == []
    assert firing(step(begun, above, 1000 + for_s)) == [name]


def test_all_is_well_with_an_idle_installation() -> None:
    """Nothing waits, nothing ran, Redis has no limit: no alert, and no division by zero."""
    idle = Snapshot((Part("redis", True, 1.0),), queue(), RedisMemory(10, 0))
    assert (step({}, idle, 0), step({}, WELL, 0)) == ({}, {})


def test_a_condition_that_comes_and_goes_begins_anew() -> None:
    """Only what holds without a break wakes somebody."""
    long_queue = Snapshot((), queue(waiting=500))
    standing = step(step({}, long_queue, 0), WELL, 30)
    assert firing(step(step(standing, long_queue, 40), long_queue, 90)) == []


def test_an_alert_is_told_once_and_called_off_once() -> None:
    """However often somebody looks in between."""
    failing = Snapshot((), recent_runs=10, recent_errors=10)
    heard: list[tuple[str, bool]] = []
    standing: dict[str, Standing] = {}
    for now, seen in enumerate([WELL, failing, failing, failing, WELL, WELL]):
        standing = step(standing, seen, now)
        for notice in due(standing):
            heard.append((notice.rule.name, notice.firing))
            standing = told(standing, notice)
    assert (heard, standing) == ([("RunnerErrors", True), ("RunnerErrors", False)], {})


def test_what_could_not_be_told_stays_due_and_is_dropped_when_it_is_over() -> None:
    """Nobody needs to hear of the end of what they never heard of."""
    failing = Snapshot((), recent_runs=10, recent_errors=10)
    standing = step(step({}, failing, 0), failing, 5)
    assert [notice.rule.name for notice in due(standing)] == ["RunnerErrors"]
    assert due(step(standing, WELL, 10)) == []


def test_the_body_is_what_the_operations_page_of_the_docs_says() -> None:
    """Each field is named there."""
    body = payload(Notice(rule("QueueTooLong"), True, 1000.0, 120), "https://learn.example.org", 1060.0)
    assert (body["alert"], body["status"], body["severity"], body["value"]) == (
        "QueueTooLong",
        "firing",
        "warning",
        120,
    )
    assert (body["since"], body["at"]) == ("1970-01-01T00:16:40+00:00", "1970-01-01T00:17:40+00:00")
    page = (DEPLOY.parent / "docs" / "OPERATIONS.md").read_text()
    assert [name for name in body if f"`{name}`" not in page] == []


def test_prometheus_has_the_same_rules() -> None:
    """The same names, thresholds, times and severities."""
    (group,) = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
    theirs = {one["alert"]: one for one in group["rules"]}
    assert set(theirs) == {one.name for one in RULES}
    for ours in RULES:
        written = theirs[ours.name]
        assert written["labels"]["severity"] == ours.severity
        assert _seconds(written.get("for", "0s")) == ours.for_s
        expression = " ".join(written["expr"].split())
        none_left = ours.threshold == 0 and expression.endswith("== 0")
        assert none_left or expression.endswith(f"> {ours.threshold:g}"), ours.name


def _seconds(text: str) -> int:
    found = re.fullmatch(r"(\d+)([sm])", text)
    assert found
    return int(found[1]) * {"s": 1, "m": 60}[found[2]]
