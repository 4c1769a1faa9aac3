"""The parts of a test run, in the order in which a failure is cheapest to learn."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.setup.place import BUILD, VENV

REPORTS = BUILD / "reports"


@dataclass(frozen=True)
class Part:
    """A command, the set-up that it needs, and what it is for."""

    name: str
    needs: str  # a goal of scripts.setup
    command: tuple[str, ...]


def _pytest(folder: str, *options: str) -> tuple[str, ...]:
    report = REPORTS / f"{folder}.xml"
    return (str(VENV / "bin" / "pytest"), "-q", *options, f"--junitxml={report}", f"tests/{folder}")


PARTS = (
    Part("check", "venv", ("make", "--no-print-directory", "check")),
    Part("unit", "venv", _pytest("unit")),
    Part("integration", "services", _pytest("integration")),
    Part("attacks", "services", _pytest("attacks")),
    Part("property", "services", _pytest("property")),
    Part("e2e", "test", _pytest("e2e")),
)
GOALS_BY_SIZE = ("venv", "services", "test")


def chosen(names: list[str]) -> list[Part]:
    """The parts of these names in their order; all of them when no name is given."""
    return [part for part in PARTS if not names or part.name in names]


def goal(parts: list[Part]) -> str:
    """The smallest set-up that is enough for all of them."""
    return max((part.needs for part in parts), key=GOALS_BY_SIZE.index)
