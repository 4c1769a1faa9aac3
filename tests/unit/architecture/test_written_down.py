"""What is written down about the project is true: docstrings, settings, requirements, folders."""

from __future__ import annotations

import re
from importlib.metadata import packages_distributions

import pytest

from scripts import env_example
from tests.unit.architecture.tree import INSIDE_THE_CONTAINER, ROOMS, ROOT, Module, is_standard_library, modules, read

REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)(\[[a-z0-9,_-]+\])?==(?P<version>[^\s;]+)")


def _pins(file: str) -> dict[str, str]:
    """Name and version of every requirement in a file; an unpinned one fails here."""
    pins = {}
    for line in (ROOT / file).read_text().splitlines():
        if line and not line.startswith("#"):
            pin = REQUIREMENT.match(line)
            assert pin, f"{file}: not pinned: {line}"
            pins[re.sub(r"[-_.]+", "-", pin["name"]).lower()] = pin["version"]
    return pins


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_every_module_says_why_it_exists(module: Module) -> None:
    """One sentence at the top, also for an empty package."""
    assert module.docstring.strip()


def test_the_example_of_settings_is_up_to_date() -> None:
    """Every setting with its meaning and default; ``make env-example`` writes it."""
    assert env_example.PATH.read_text() == env_example.text()


def test_every_setting_says_what_it_means() -> None:
    """The description is all that an operator has."""
    assert [name for name, field in env_example.Settings.model_fields.items() if not field.description] == []


def test_the_lock_holds_every_direct_requirement_at_its_version() -> None:
    """What we ask for and what is installed are the same; ``make lock`` brings them together."""
    lock = _pins("requirements.txt")
    assert {name: lock.get(name) for name in _pins("requirements.in")} == _pins("requirements.in")


def test_whatever_is_imported_is_a_direct_requirement() -> None:
    """What comes only because something else needs it may be gone tomorrow, and is not there in a fresh clone."""
    installed = packages_distributions()
    wanted = {
        distribution.lower().replace("_", "-")
        for folder in (*ROOMS, "benchmarks", "scripts", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if path.parent.parent.name != "attacks" and INSIDE_THE_CONTAINER not in path.parents
        for name in read(path, ROOT).imports
        if not is_standard_library(name)
        for distribution in installed.get(name.split(".")[0], [])[:1]
    }
    assert wanted - set(_pins("requirements.in")) == set()


def test_the_architecture_page_names_every_room() -> None:
    """A folder that the page does not name is a folder that nobody finds."""
    page = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [*ROOMS, "curriculum", "scripts", "tests", "assets", "benchmarks", "docs"]
    packages = [
        f"{room}/{folder.name}/"
        for room in ROOMS
        for folder in sorted((ROOT / room).iterdir())
        if folder.is_dir() and folder.name != "__pycache__"
    ]
    assert [name for name in [*(f"{room}/" for room in rooms), *packages] if name not in page] == []


def test_the_architecture_page_names_every_package_of_services() -> None:
    """Its table is where somebody looks first for the module that decides something."""
    page = (ROOT / "ARCHITECTURE.md").read_text()
    packages = [path.parent.name for path in (ROOT / "coderunner_core" / "services").glob("*/__init__.py")]
    assert [name for name in packages if f"| `{name}/` |" not in page] == []
