"""Prometheus' own tool reads the alert rules, and plays scrapes through them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts.setup import promtool

DEPLOY = Path(__file__).parents[3] / "deploy"


@pytest.mark.parametrize("words", [("check", "rules", "alerts.yml"), ("test", "rules", "alerts.test.yml")])
def test_prometheus_takes_the_rules_and_they_fire_as_they_should(words: tuple[str, ...]) -> None:
    """Each alert fires when it should, and not a scrape earlier."""
    tool = promtool.executable()
    assert tool, "promtool is not there: python3 -m scripts.setup services"
    done = subprocess.run([tool, *words], cwd=DEPLOY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
