"""Runs the canary: the ordinary program after an attack, which must find everything as if nothing had happened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coderunner_core.contract import Limits, Outcome, Program
from sandbox import Sandbox

Facts = dict[str, Any]

_CANARY = Program(source=(Path(__file__).parent / "canary.py").read_text())


def look_around(sandbox: Sandbox) -> Facts:
    """What the canary found; raises AssertionError when it could not even run."""
    result = sandbox.run(_CANARY, Limits(cpu_ms=3_000, wall_ms=10_000))
    assert (result.outcome, result.stderr) == (Outcome.OK, b"")
    facts: Facts = json.loads(result.stdout)
    return facts
