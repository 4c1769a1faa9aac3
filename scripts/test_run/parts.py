"""The parts of a test run, in the order in which a failure is cheapest to learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.setup.place import BUILD, VENV

REPORTS = BUILD / "reports"
_TWO_AT_ONCE = ("-n", "2")  # for tests that share nothing but their process


@dataclass(frozen=True)
class Part:
    """A command, the set-up that it needs, and what it is for."""

    name: str
    needs: str  # a goal of scripts.setup
    command: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)


def _pytest(folder: str, *options: str) -> tuple[str, ...]:
    report = REPORTS / f"{folder}.xml"
    return (str(VENV / "bin" / "pytest"), "-q", *options, f"--junitxml={report}", f"tests/{folder}")


PARTS = (
    Part("check", "venv", ("make", "--no-print-directory", "check")),
    Part("unit", "venv", _pytest("unit", *_TWO_AT_ONCE)),
    Part("integration", "services", _pytest("integration")),
    Part("attacks", "services", _pytest("attacks")),
    Part("property", "services", _pytest("property")),
    Part("e2e", "test", _pytest("e2e")),
)

# Asked for by name only: real faults take minutes of waiting for what is away. They bring both databases themselves.
LONG_PARTS = (Part("faults", "postgresql-test", _pytest("faults")),)

POSTGRESQL = "postgresql"
# What never opens a database is not run a second time; attacks and properties are none of these parts for that reason.
WITHOUT_SQL = {
    "unit": ("architecture", "curriculum", "grading", "sandbox", "scripts"),
    "integration": ("curriculum", "deploy", "objects", "sandbox", "scripts"),
    "e2e": (),
}


def _on_postgresql(folder: str, needs: str, *options: str) -> Part:
    left_out = tuple(f"--ignore=tests/{folder}/{name}" for name in WITHOUT_SQL[folder])
    report = REPORTS / f"{POSTGRESQL}-{folder}.xml"
    command = (str(VENV / "bin" / "pytest"), "-q", *options, *left_out, f"--junitxml={report}", f"tests/{folder}")
    return Part(f"{POSTGRESQL}-{folder}", needs, command, {"TEST_DATABASE": POSTGRESQL})


POSTGRESQL_PARTS = (
    _on_postgresql("unit", "postgresql-venv", *_TWO_AT_ONCE),
    _on_postgresql("integration", "postgresql-services"),
    _on_postgresql("e2e", "postgresql-test"),
)
GOALS_BY_SIZE = ("venv", "services", "test", "postgresql-venv", "postgresql-services", "postgresql-test")


def known() -> list[str]:
    """What may be named on the command line; ``postgresql`` stands for all parts that run on it."""
    return [part.name for part in (*PARTS, *LONG_PARTS, *POSTGRESQL_PARTS)] + [POSTGRESQL]


def chosen(names: list[str]) -> list[Part]:
    """The parts of these names in their order; those of PARTS when no name is given."""
    if not names:
        return list(PARTS)
    on_postgresql = [part for part in POSTGRESQL_PARTS if part.name in names or POSTGRESQL in names]
    return [part for part in (*PARTS, *LONG_PARTS) if part.name in names] + on_postgresql


def goal(parts: list[Part]) -> str:
    """The smallest set-up that is enough for all of them."""
    return max((part.needs for part in parts), key=GOALS_BY_SIZE.index)
