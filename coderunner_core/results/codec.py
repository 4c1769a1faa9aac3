"""Turns a Verdict into JSON and back, the same for every driver."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from coderunner_core.contract import Outcome, TestReport, Verdict


def encode(verdict: Verdict) -> str:
    """The verdict as one JSON object."""
    return json.dumps(asdict(verdict), ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Verdict:
    """The verdict that ``encode`` wrote."""
    body: dict[str, Any] = json.loads(text)
    tests = tuple(TestReport(**{**test, "outcome": Outcome(test["outcome"])}) for test in body.pop("tests"))
    return Verdict(**{**body, "outcome": Outcome(body["outcome"]), "tests": tests})
