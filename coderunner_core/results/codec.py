"""Turns a Verdict into JSON and back, the same for every driver."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from coderunner_core.contract import Outcome, Stream, TestReport, Verdict, WholeOutput

# A document of MongoDB may have 16 MB: this, and the most that SOURCE_LIMIT_BYTES and INPUT_LIMIT_BYTES allow.
VERDICT_LIMIT_BYTES = 8 * 1024 * 1024


def encode(verdict: Verdict, limit_bytes: int = VERDICT_LIMIT_BYTES) -> str:
    """The verdict as one JSON object that every driver can store.

    One that is larger than the limit (hundreds of tests that all print much) loses what its tests printed and were
    given, from the last test on, and nothing that decides.
    """
    text = _as_json(verdict)
    tests = list(verdict.tests)
    for index in reversed(range(len(tests))):
        if len(text.encode()) <= limit_bytes:
            break
        tests[index] = replace(tests[index], first_difference="", input_shown="", stdout_shown="", stderr_shown="")
        text = _as_json(replace(verdict, tests=tuple(tests)))
    return text


def decode(text: str) -> Verdict:
    """The verdict that ``encode`` wrote, or an earlier release did."""
    body: dict[str, Any] = json.loads(text)
    tests = tuple(TestReport(**{**test, "outcome": Outcome(test["outcome"])}) for test in body.pop("tests"))
    whole = tuple(WholeOutput(**{**one, "stream": Stream(one["stream"])}) for one in body.pop("whole_outputs", ()))
    return Verdict(**{**body, "outcome": Outcome(body["outcome"]), "tests": tests, "whole_outputs": whole})


def _as_json(verdict: Verdict) -> str:
    body = asdict(verdict)
    if not verdict.whole_outputs:  # most have none
        del body["whole_outputs"]
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
