"""The dashboard and the alert rules speak of metrics that there are, and of all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from coderunner_core import metrics
from coderunner_core.control import RedisMemory
from coderunner_core.operations.exposition import Host, Platform
from coderunner_core.operations.snapshot import Snapshot

DEPLOY = Path(__file__).parents[3] / "deploy"
_NAME = re.compile(r"\bcoderunner_[a-z_]+\b")


def exposed() -> set[str]:
    """The families of all metrics, without the endings that counters and histograms add."""
    platform = Platform(Snapshot((), memory=RedisMemory(1, 2)))
    return {family.name for family in [*metrics.REGISTRY.collect(), *platform.collect(), *Host().collect()]}


def named_in(text: str) -> set[str]:
    names = set(_NAME.findall(text))
    return {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in names}


def expressions() -> list[str]:
    board: dict[str, Any] = json.loads((DEPLOY / "grafana" / "code-runner.json").read_text())
    return [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]


def test_the_dashboard_shows_every_metric_and_no_other() -> None:
    """A renamed metric would leave an empty panel that nobody notices."""
    assert named_in("\n".join(expressions())) == exposed()


def test_alert_rules_name_metrics_that_there_are() -> None:
    """A rule about nothing never fires."""
    (group,) = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
    named = named_in("\n".join(rule["expr"] for rule in group["rules"]))
    assert len(named) > 5
    assert named - exposed() == set()


def test_the_documentation_names_every_metric_and_no_other() -> None:
    """Also under the names that the proposal gives four of them."""
    page = (DEPLOY.parent / "docs" / "OPERATIONS.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| `coderunner_")]
    assert named_in("\n".join(row.split("|")[1] for row in rows)) == exposed()
    theirs = dict(re.findall(r"`((?:queue|job|errors|runner)\.[a-z]+)`\s+is\s+`(coderunner_\w+)`", page))
    assert set(theirs) == {"queue.waiting", "job.duration", "errors.total", "runner.cpu"}
    assert named_in(" ".join(theirs.values())) <= exposed()


def test_panels_do_not_lie_on_each_other() -> None:
    """Each has a title, an id of its own and a place of its own."""
    panels = json.loads((DEPLOY / "grafana" / "code-runner.json").read_text())["panels"]
    places = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(places) == len(set(places))
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert [panel["title"] for panel in panels if not panel["title"]] == []
