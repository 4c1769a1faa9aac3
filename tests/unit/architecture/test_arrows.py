"""Who may import whom: the arrows that ARCHITECTURE.md draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.architecture.tree import ROOT, inside, is_standard_library, read

# package, and what it must not reach, by any import anywhere in its files
FORBIDDEN = [
    ("coderunner_core", ["coderunner_app", "worker", "sandbox", "reflex", "docker"]),
    ("coderunner_app", ["worker", "sandbox", "docker"]),
    ("worker", ["coderunner_app", "reflex"]),
    ("sandbox", ["coderunner_app", "worker", "reflex"]),
    # inside the pages: pages → components → state → services
    ("coderunner_app.components", ["coderunner_app.pages"]),
    ("coderunner_app.state", ["coderunner_app.pages", "coderunner_app.components"]),
    ("coderunner_app.pages", ["coderunner_core.models", "coderunner_core.database", "coderunner_core.results"]),
    ("coderunner_app.components", ["coderunner_core.models", "coderunner_core.database", "coderunner_core.results"]),
    ("coderunner_app.state", ["coderunner_core.database", "coderunner_core.results", "sqlmodel", "sqlalchemy"]),
    # inside the core: services → stores and words, never back
    *(
        (f"coderunner_core.{below}", ["coderunner_core.services", "coderunner_core.core"])
        for below in ("models", "results", "queue", "events", "curriculum", "database")
    ),
    *(
        (f"coderunner_core.{word}", ["coderunner_core.models", "coderunner_core.core", "coderunner_core.services"])
        for word in ("settings", "errors", "contract")
    ),
]


@pytest.mark.parametrize(("package", "never"), FORBIDDEN, ids=lambda value: value if isinstance(value, str) else "")
def test_nothing_is_imported_against_the_arrows(package: str, never: Sequence[str]) -> None:
    """An import against an arrow names itself."""
    assert {m.name: m.reaches(*never) for m in inside(package) if m.reaches(*never)} == {}


def test_the_contract_needs_nothing_but_python() -> None:
    """Everyone imports the contract, so it imports no one."""
    (contract,) = inside("coderunner_core.contract")
    assert [i for i in contract.imports if not is_standard_library(i)] == []


def test_the_sandbox_needs_only_the_contract_and_docker() -> None:
    """Whoever reviews the sandbox reads the sandbox, and nothing else of ours."""
    allowed = ("sandbox", "coderunner_core.contract", "docker", "requests", "urllib3")
    for module in inside("sandbox"):
        ours = {i for i in module.imports if not is_standard_library(i)} - {"coderunner_core"}
        assert ours - set(module.reaches(*allowed)) == set(), module.name


def test_what_runs_in_the_container_needs_nothing_but_python() -> None:
    """The image holds Python and these files; no package of ours is there."""
    image = ROOT / "sandbox" / "image"
    for path in sorted(image.rglob("*.py")):
        strangers = [i for i in read(path, image).imports if not is_standard_library(i) and i.split(".")[0] != "box"]
        assert strangers == [], path.name


def test_only_scripts_run_before_anything_is_installed() -> None:
    """Set-up and test run start with the system's Python, where none of our packages is."""
    for folder in ("setup", "test_run"):
        for path in sorted((ROOT / "scripts" / folder).glob("*.py")):
            strangers = [
                i for i in read(path, ROOT).imports if not is_standard_library(i) and not i.startswith("scripts")
            ]
            assert strangers == [], f"{folder}/{path.name}"


def test_pages_and_states_pair_by_name() -> None:
    """A state without a page of its name is a state that nobody finds; shared ones are listed here."""
    shared = {
        "__init__",
        "base",
        "class_address",
        "draft_notes",
        "from_classes",
        "session",
        "shown_run",
        "push",
        "sync",
        "talk",
        "work",
    }
    pages = {path.stem for path in (ROOT / "coderunner_app" / "pages").glob("*.py")}
    states = {path.stem for path in (ROOT / "coderunner_app" / "state").glob("*.py")}
    assert states - shared - pages == set()


def test_an_import_against_an_arrow_is_seen(tmp_path: Path) -> None:
    """The net itself: relative, nested and renamed imports are caught."""
    (tmp_path / "room").mkdir()
    file = tmp_path / "room" / "thief.py"
    file.write_text(
        "def late():\n    from . import sibling\n    import worker.jobs as j\n    from sandbox import Sandbox\n"
    )
    assert read(file, tmp_path).reaches("room", "worker", "sandbox") == [
        "room", "room.sibling", "sandbox", "sandbox.Sandbox", "worker.jobs"
    ]  # fmt: skip
