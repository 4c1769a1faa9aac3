"""When somebody has to look: the rules, and what becomes of them from one look to the next. Pure: tests own the time.

deploy/alerts.yml says the same to Prometheus; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from coderunner_core.operations.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Rule:
    """It fires when ``value`` is above ``threshold`` for ``for_s`` without a break."""

    name: str
    severity: Literal["critical", "warning"]
    value: Callable[[Snapshot], float]
    threshold: float
    for_s: int
    summary: str  # one sentence for whoever is woken
    advice: str  # what to do first


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one rule whose condition held when somebody last looked, or that is still to be called off.

    ``since`` is when the condition began to hold, in seconds since 1970; ``told`` is whether somebody was told.
    """

    since: float
    firing: bool = False
    told: bool = False
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told: a rule fires, or has come to rest."""

    rule: Rule
    firing: bool
    since: float
    value: float


RULES = (
    Rule(
        "ProcessDown",
        "critical",
        lambda seen: len(seen.silent),
        0,
        60,
        "A web process does not answer.",
        "The workers' log says which; is its host up? `journalctl -u 'coderunner-*'` on it.",
    ),
    Rule(
        "StoreDown",
        "critical",
        lambda seen: sum(not part.ok for part in seen.parts),
        0,
        60,
        "A store does not answer.",
        "GET /health/ready names it. Students can read and type, and presses are refused in words.",
    ),
    Rule(
        "NoWorkers",
        "critical",
        lambda seen: sum(not queue.workers for queue in seen.queues),
        0,
        60,
        "A queue has no worker that can take a run.",
        "Run `python -m worker ready` on a runner; it says what is missing. Is every worker drained?",
    ),
    Rule(
        "QueueTooLong",
        "warning",
        lambda seen: max((queue.waiting for queue in seen.queues), default=0),
        100,
        60,
        "More than 100 runs wait in a queue.",
        "Add a runner, or see on the operations page what the workers are busy with.",
    ),
    Rule(
        "QueueWaitTooLong",
        "warning",
        lambda seen: max((queue.oldest_wait_s for queue in seen.queues), default=0.0),
        2,
        300,
        "Runs have waited for more than 2 seconds for 5 minutes.",
        "Add a runner: the installation is at its capacity.",
    ),
    Rule(
        "RunnerErrors",
        "critical",
        lambda seen: seen.error_ratio,
        0.05,
        0,
        "More than 5 % of the runs of the last 5 minutes failed on our side.",
        "Run `python -m sandbox selftest` on the runners, and look for level error in the workers' logs.",
    ),
    Rule(
        "DatabaseSlow",
        "warning",
        lambda seen: max((part.latency_ms / 1000 for part in seen.parts if part.name == "database"), default=0.0),
        0.1,
        120,
        "The database takes more than 100 ms to answer.",
        "Look at its load, its disk and its slowest statements.",
    ),
    Rule(
        "RedisMemoryHigh",
        "warning",
        lambda seen: seen.memory.used_ratio if seen.memory else 0.0,
        0.8,
        300,
        "Redis uses more than 80 % of its memory.",
        "Give it more: it evicts nothing, so when it is full presses are refused.",
    ),
)


def step(before: Mapping[str, Standing], seen: Snapshot, now: float) -> dict[str, Standing]:
    """What stands after this look. A rule of which somebody was told stays until they are told of its end, too."""
    after = {}
    for rule in RULES:
        value, known = rule.value(seen), before.get(rule.name)
        if value > rule.threshold:
            begun = known if known and (known.firing or not known.told) else Standing(now)
            firing = begun.firing or now - begun.since >= rule.for_s
            after[rule.name] = Standing(begun.since, firing, known is not None and known.told, value)
        elif known is not None and known.told:
            after[rule.name] = replace(known, firing=False, value=value)
    return after


def due(standing: Mapping[str, Standing]) -> list[Notice]:
    """What has to be told: whatever fires and was not told, and whatever was told and fires no more."""
    return [
        Notice(rule, known.firing, known.since, known.value)
        for rule in RULES
        if (known := standing.get(rule.name)) is not None and known.firing is not known.told
    ]


def told(standing: Mapping[str, Standing], notice: Notice) -> dict[str, Standing]:
    """The same after somebody heard of it."""
    after = dict(standing)
    if notice.firing:
        after[notice.rule.name] = replace(after[notice.rule.name], told=True)
    else:
        del after[notice.rule.name]
    return after
