"""Reads the folders of the curriculum into the model, and refuses what would go wrong in a lesson later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from coderunner_core.curriculum.model import AgeGroup, Curriculum, Level, Problem
from coderunner_core.curriculum.problem_loader import load_problem
from coderunner_core.curriculum.reading import read_form
from coderunner_core.curriculum.schema import AgeGroupForm, LevelForm
from coderunner_core.errors import BadProblem

_GROUP_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LEVEL_NAME = re.compile(r"([1-9][0-9]?)-[a-z0-9]+(-[a-z0-9]+)*")


def load(directory: Path) -> Curriculum:
    """The whole curriculum: ``directory/<age-group>/<N-level>/<problem>``.

    Raises BadProblem for the first thing that is wrong, with file, field and reason.
    """
    if not directory.is_dir():
        raise BadProblem(str(directory), "folder", "is missing")
    groups = []
    for folder in _folders(directory):
        if not _GROUP_NAME.fullmatch(folder.name):
            raise BadProblem(str(folder), "folder", "an age group is named with small letters, digits and hyphens")
        form = read_form(folder / "age-group.yaml", AgeGroupForm)
        groups.append((form.order, AgeGroup(folder.name, form.title, form.blurb, _levels(folder))))
    if not groups:
        raise BadProblem(str(directory), "folder", "has no age group")
    groups.sort(key=lambda pair: (pair[0], pair[1].id))
    curriculum = Curriculum(tuple(group for _, group in groups))
    _refuse_doubles(directory, curriculum)
    return curriculum


def _levels(group_folder: Path) -> tuple[Level, ...]:
    levels: list[Level] = []
    for folder in _folders(group_folder):
        match = _LEVEL_NAME.fullmatch(folder.name)
        if not match:
            raise BadProblem(str(folder), "folder", "a level is named NUMBER-name, as in 1-first-steps")
        number = int(match[1])
        twin = next((level for level in levels if level.number == number), None)
        if twin:
            raise BadProblem(str(folder), "folder", f"the level {twin.id} has number {number} already")
        form = read_form(folder / "level.yaml", LevelForm)
        problems = _problems(folder, form)
        levels.append(Level(f"{group_folder.name}/{folder.name}", number, form.title, form.blurb, problems))
    if not levels:
        raise BadProblem(str(group_folder), "folder", "has no level")
    return tuple(sorted(levels, key=lambda level: level.number))


def _problems(level_folder: Path, form: LevelForm) -> tuple[Problem, ...]:
    """The problems in the order of level.yaml, which must name each folder once."""
    there, named = {folder.name for folder in _folders(level_folder)}, form.problems
    for position, slug in enumerate(named):
        field = f"problems[{position}]"
        if slug in named[:position]:
            raise BadProblem(str(level_folder / "level.yaml"), field, f"{slug} is there twice")
        if slug not in there:
            raise BadProblem(str(level_folder / "level.yaml"), field, f"there is no folder {slug}")
    for slug in sorted(there - set(named)):
        raise BadProblem(str(level_folder / "level.yaml"), "problems", f"does not name the folder {slug}")
    return tuple(load_problem(level_folder / slug) for slug in named)


def _refuse_doubles(directory: Path, curriculum: Curriculum) -> None:
    seen: dict[str, str] = {}
    for group in curriculum.age_groups:
        for level in group.levels:
            for problem in level.problems:
                if problem.id in seen:
                    file = str(directory / level.id / problem.id)
                    raise BadProblem(file, "folder", f"duplicate problem name: it is in {seen[problem.id]} already")
                seen[problem.id] = level.id


def _folders(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "__")):
            yield path
