"""Reads one problem folder: the form, the texts and the programs beside it, checked against each other."""

from __future__ import annotations

import ast
import hashlib
import re
import warnings
from pathlib import Path

from coderunner_core.contract import Limits, Outcome
from coderunner_core.curriculum.cases import read_tests
from coderunner_core.curriculum.model import Problem, WrongSolution
from coderunner_core.curriculum.reading import SOURCE_LIMIT_BYTES, read_bytes, read_form, read_text
from coderunner_core.curriculum.rendering import render
from coderunner_core.curriculum.schema import ProblemForm
from coderunner_core.errors import BadProblem

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HINT_BREAK = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FILES = {"problem.yaml", "statement.md", "hints.md", "starter.py", "solution.py"}
_FOLDERS = {"wrong", "files", "tests"}
STATEMENT_LIMIT_BYTES = 64 * 1024
DATA_LIMIT_BYTES = 256 * 1024  # all data files of a problem together


def load_problem(folder: Path) -> Problem:
    """The problem in that folder, whose name is its id. Raises BadProblem with file, field and reason."""
    if not folder.is_dir():
        raise BadProblem(str(folder), "folder", "is missing")
    folder = folder.resolve() if folder.name in ("", ".", "..") else folder
    if not _SLUG.fullmatch(folder.name) or len(folder.name) > 40:
        raise BadProblem(str(folder), "folder", "a problem is named with small letters, digits and hyphens, at most 40")
    form = read_form(folder / "problem.yaml", ProblemForm)
    _refuse_strays(folder)
    _check_function(folder, form)
    files = _data_files(folder, form)
    tests = read_tests(folder, form, files)
    starter, reference = (read_text(folder / name, SOURCE_LIMIT_BYTES) for name in ("starter.py", "solution.py"))
    _check_reference(folder, form, reference)
    return Problem(
        id=folder.name,
        title=form.title,
        kind=form.kind,
        concepts=tuple(form.concepts),
        difficulty=form.difficulty,
        limits=Limits(**form.limits.model_dump()),
        statement_html=_statement(folder),
        hints_html=_hints(folder),
        starter=starter,
        reference=reference,
        wrong=_wrong_solutions(folder, form),
        tests=tests,
        version=_version(folder),
        function=form.function or "",
        files=files,
        collect=tuple(form.collect),
    )


def _refuse_strays(folder: Path) -> None:
    """A file that nobody reads is most likely a misspelt one."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "__")) or path.name in (_FOLDERS if path.is_dir() else _FILES):
            continue
        raise BadProblem(str(path), "file", "is not part of a problem; check its name")


def _check_function(folder: Path, form: ProblemForm) -> None:
    file = str(folder / "problem.yaml")
    if form.kind == "function" and not form.function:
        raise BadProblem(file, "function", "is missing: a function problem names what is called")
    if form.kind != "function" and form.function:
        raise BadProblem(file, "function", f"is for function problems; this one is a {form.kind}")
    if form.collect and form.kind != "program":
        raise BadProblem(file, "collect", f"is for program problems; this one is a {form.kind}")


def _statement(folder: Path) -> str:
    html = render(read_text(folder / "statement.md", STATEMENT_LIMIT_BYTES))
    if not html:
        raise BadProblem(str(folder / "statement.md"), "file", "is empty")
    return html


def _hints(folder: Path) -> tuple[str, ...]:
    """Hints stand in hints.md, one after the other, with a line of three hyphens between them."""
    if not (folder / "hints.md").exists():
        return ()
    hints = tuple(render(part) for part in _HINT_BREAK.split(read_text(folder / "hints.md", STATEMENT_LIMIT_BYTES)))
    for number, hint in enumerate(hints, start=1):
        if not hint:
            raise BadProblem(str(folder / "hints.md"), f"hint {number}", "is empty")
    return hints


def _check_reference(folder: Path, form: ProblemForm, source: str) -> None:
    file = str(folder / "solution.py")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a SyntaxWarning of the reference is its author's affair
            tree = ast.parse(source)
    except (SyntaxError, RecursionError) as error:
        line = getattr(error, "lineno", None) or 1
        raise BadProblem(file, f"line {line}", f"is not valid Python: {getattr(error, 'msg', error)}") from None
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    if form.function and form.function not in defined:
        raise BadProblem(file, "file", f"does not define the function {form.function}")


def _wrong_solutions(folder: Path, form: ProblemForm) -> tuple[WrongSolution, ...]:
    there = {path.name for path in (folder / "wrong").glob("*") if not path.name.startswith((".", "__"))}
    for name in sorted(there - set(form.wrong)):
        raise BadProblem(str(folder / "wrong" / name), "wrong", "problem.yaml does not say which outcome it must get")
    return tuple(
        WrongSolution(name, read_text(folder / "wrong" / name, SOURCE_LIMIT_BYTES), Outcome(outcome))
        for name, outcome in form.wrong.items()
    )


def _data_files(folder: Path, form: ProblemForm) -> dict[str, bytes]:
    there = {path.name for path in (folder / "files").glob("*") if not path.name.startswith(".")}
    for name in sorted(there - set(form.files)):
        raise BadProblem(str(folder / "files" / name), "files", "problem.yaml does not list it")
    files = {name: read_bytes(folder / "files" / name, DATA_LIMIT_BYTES) for name in form.files}
    if sum(map(len, files.values())) > DATA_LIMIT_BYTES:
        raise BadProblem(str(folder / "files"), "files", f"have more than {DATA_LIMIT_BYTES:,} bytes together")
    return files


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith((".", "__")) for part in name.split("/")):
            content = path.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]
