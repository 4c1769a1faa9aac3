"""What anyone on the internet may read and any cache may hold: nobody's progress, no hidden test, no solution."""

from __future__ import annotations

from typing import Any

from coderunner_core.core import Core
from coderunner_core.curriculum import Problem
from coderunner_core.services.learning import figures


async def curriculum(core: Core) -> dict[str, Any]:
    """All age groups with their levels and problems, as JSON."""
    solved_by = await figures.solved_by(core)
    return {
        "version": core.curriculum.version,
        "age_groups": [
            {
                "id": group.id,
                "title": group.title,
                "blurb": group.blurb,
                "levels": [
                    {
                        "id": level.id,
                        "number": level.number,
                        "title": level.title,
                        "blurb": level.blurb,
                        "problems": [_card(one, solved_by) for one in level.problems],
                    }
                    for level in group.levels
                ],
            }
            for group in core.curriculum.age_groups
        ],
    }


async def problem(core: Core, problem_id: str) -> dict[str, Any]:
    """One problem as a visitor reads it, as JSON. Raises NotFound."""
    found = core.curriculum.problem(problem_id)
    group, level = core.curriculum.place(problem_id)
    return {
        **_card(found, await figures.solved_by(core)),
        "version": found.version,
        "age_group": group.id,
        "level": level.id,
        "statement_html": found.statement_html,
        "hints_html": list(found.hints_html),
        "starter": found.starter,
        "examples": [
            {"name": one.name, "given": one.input_shown, "expected": one.expected_shown} for one in found.examples
        ],
        "hidden_tests": len(found.tests) - len(found.examples),
        "limits": {
            "cpu_ms": found.limits.cpu_ms,
            "wall_ms": found.limits.wall_ms,
            "memory_kib": found.limits.memory_kib,
        },
    }


def _card(found: Problem, solved_by: dict[str, int] | None) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "kind": found.kind,
        "concepts": list(found.concepts),
        "difficulty": found.difficulty,
        "solved_by": None if solved_by is None else solved_by.get(found.id, 0),
    }
