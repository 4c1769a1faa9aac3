"""The project's modules and what each imports, read from the sources without running them."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("coderunner_app", "coderunner_core", "worker", "sandbox")
# What is copied into the container is not a part of the package beside it: there it stands alone.
INSIDE_THE_CONTAINER = ROOT / "sandbox" / "image"


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, its path and the full names of what it imports, wherever in the file."""

    name: str
    path: Path
    imports: frozenset[str]
    docstring: str

    def reaches(self, *targets: str) -> list[str]:
        """Those imports that are one of the targets or lie inside it."""
        return sorted(i for i in self.imports if any(i == t or i.startswith(f"{t}.") for t in targets))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the four rooms."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return tuple(read(path, ROOT) for path in paths if INSIDE_THE_CONTAINER not in path.parents)


def inside(*packages: str) -> list[Module]:
    """The modules of these packages."""
    return [m for m in modules() if any(m.name == p or m.name.startswith(f"{p}.") for p in packages)]


def read(path: Path, root: Path) -> Module:
    """Parse one file."""
    parts = path.relative_to(root).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    parsed = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    package = name if is_package else name.rpartition(".")[0]
    return Module(name, path, frozenset(_imports(parsed, package)), ast.get_docstring(parsed) or "")


def _imports(parsed: ast.Module, package: str) -> set[str]:
    """``from a import b`` counts as ``a`` and as ``a.b``, since b may be a module."""
    found: set[str] = set()
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, package)
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    above = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def is_standard_library(name: str) -> bool:
    """Whether an import is Python's own."""
    return name.split(".")[0] in sys.stdlib_module_names
