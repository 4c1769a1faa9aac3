"""What there is to learn, with how far the reader is. Anyone may read it; progress is the reader's own."""

from __future__ import annotations

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.curriculum import Level, Problem
from coderunner_core.services.learning import figures, progress, visible
from coderunner_core.services.views import (
    AgeGroupView,
    ExampleView,
    LevelView,
    ProblemCard,
    ProblemView,
    ProgressView,
)

FEWEST_TOLD = 5  # fewer would say more about the few than about the problem


async def overview(actor: Actor | None, core: Core) -> list[AgeGroupView]:
    """All age groups with their levels and problems, in order; for a student, those that their classes show."""
    known = await progress.to_show(actor, core)
    seen = await visible.levels_of(actor, core)
    counts = await figures.solved_by(core) or {}
    groups = []
    for group in core.curriculum.age_groups:
        levels = [_level(level, known, counts) for level in group.levels if seen is None or level.id in seen]
        if not levels:
            continue
        solved, total = sum(level.solved for level in levels), sum(level.total for level in levels)
        groups.append(AgeGroupView(group.id, group.title, group.blurb, levels, solved, total))
    return groups


async def problem_page(actor: Actor | None, core: Core, problem_id: str) -> ProblemView:
    """One problem as the workspace shows it. Raises NotFound, also for a student whose classes do not show it."""
    problem = core.curriculum.problem(problem_id)
    group, level = core.curriculum.place(problem_id)
    seen = await visible.levels_of(actor, core)
    await visible.must_see(actor, core, problem_id, seen)
    known = await progress.to_show(actor, core)
    # Of a level that is not shown, one comes to see what was set and nothing beside it.
    beside = level.problems if seen is None or level.id in seen else (problem,)
    order = [one.id for one in beside]
    following = order[order.index(problem_id) + 1 :]
    return ProblemView(
        id=problem.id,
        title=problem.title,
        kind=problem.kind,
        concepts=list(problem.concepts),
        difficulty=problem.difficulty,
        statement_html=problem.statement_html,
        hints_html=list(problem.hints_html),
        starter=problem.starter,
        examples=[ExampleView(one.name, one.input_shown, one.expected_shown) for one in problem.examples],
        visible_tests=sum(test.visible for test in problem.tests),
        hidden_tests=sum(not test.visible for test in problem.tests),
        wall_ms=problem.limits.wall_ms,
        cpu_ms=problem.limits.cpu_ms,
        memory_mib=problem.limits.memory_kib // 1024,
        data_files=sorted(problem.files),
        age_group_id=group.id,
        age_group_title=group.title,
        level_title=level.title,
        level_number=level.number,
        siblings=[_card(one, known) for one in beside],
        next_problem_id=following[0] if following else "",
        progress=known.get(problem_id, ProgressView(problem_id)),
    )


def _level(level: Level, known: dict[str, ProgressView], counts: dict[str, int]) -> LevelView:
    cards = [_card(problem, known, counts) for problem in level.problems]
    solved = sum(card.status == "solved" for card in cards)
    return LevelView(level.id, level.number, level.title, level.blurb, cards, solved, len(cards))


def _card(problem: Problem, known: dict[str, ProgressView], counts: dict[str, int] | None = None) -> ProblemCard:
    mine = known.get(problem.id, ProgressView(problem.id))
    count = (counts or {}).get(problem.id, 0)
    return ProblemCard(
        problem.id,
        problem.title,
        list(problem.concepts),
        problem.difficulty,
        mine.status,
        mine.best_score,
        mine.attempts,
        count if count >= FEWEST_TOLD else 0,
    )
