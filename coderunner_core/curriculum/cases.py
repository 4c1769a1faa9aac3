"""Turns the ``tests:`` of a problem.yaml into test cases, with what each kind of problem demands of them."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from coderunner_core.curriculum.model import TestCase
from coderunner_core.curriculum.reading import SOURCE_LIMIT_BYTES, read_text
from coderunner_core.curriculum.schema import ProblemForm, TestForm
from coderunner_core.errors import BadProblem

_ALLOWED = {
    "program": {"input", "expected", "comparison", "files", "expected_files"},
    "function": {"arguments", "expected", "comparison", "files"},
    "unittest": {"test_file", "test_class", "files"},
}
_NEEDED = {"program": ("expected",), "function": ("arguments", "expected"), "unittest": ("test_file", "test_class")}
_COMMON = {"name", "visible", "weight"}


def read_tests(folder: Path, form: ProblemForm, files: Mapping[str, bytes]) -> tuple[TestCase, ...]:
    """All test cases in the order of the file; hidden ones lose their author's name. Raises BadProblem."""
    file = str(folder / "problem.yaml")
    if not form.tests:
        raise BadProblem(file, "tests", "has no test")
    if not any(test.visible for test in form.tests):
        raise BadProblem(file, "tests", "has no visible test; students need at least one example")
    if not form.tests[0].visible:
        raise BadProblem(file, "tests[0].visible", "the first test must be a visible one; it tells of typing mistakes")
    if len({test.name for test in form.tests}) < len(form.tests):
        raise BadProblem(file, "tests", "two tests have the same name")
    shown_files = {test.test_file for test in form.tests if test.visible and test.test_file}
    cases: list[TestCase] = []
    hidden = 0
    for position, test in enumerate(form.tests):
        hidden += not test.visible
        name = test.name if test.visible else f"Hidden {hidden}"
        _check(file, f"tests[{position}]", form, test)
        if not test.visible and test.test_file in shown_files:
            reason = "is shown with a visible test; put hidden classes in a file of their own"
            raise BadProblem(file, f"tests[{position}].test_file", reason)
        cases.append(_case(folder, f"tests[{position}]", form, test, name, files))
    return tuple(cases)


def _check(file: str, field: str, form: ProblemForm, test: TestForm) -> None:
    given = test.model_fields_set - _COMMON
    for name in sorted(given - _ALLOWED[form.kind]):
        raise BadProblem(file, f"{field}.{name}", f"is not for {form.kind} problems")
    for name in _NEEDED[form.kind]:
        if name not in given:
            raise BadProblem(file, f"{field}.{name}", "is missing")
    if form.kind == "program" and not isinstance(test.expected, str):
        raise BadProblem(file, f"{field}.expected", "must be a text; put it in quotes")
    if form.kind == "program" and len(test.expected.encode()) > form.limits.output_bytes:
        raise BadProblem(file, f"{field}.expected", f"is above the output limit of {form.limits.output_bytes:,} bytes")
    if form.kind == "function" and (test.comparison or form.comparison).kind == "tokens":
        raise BadProblem(file, f"{field}.comparison", "tokens is for texts; a returned value is exact or numbers")
    if not test.visible and test.name.lower().startswith("hidden"):
        raise BadProblem(file, f"{field}.name", "say what the test is about; students read “Hidden 1” anyway")
    for name in sorted(set(test.expected_files) - set(form.collect)):
        raise BadProblem(file, f"{field}.expected_files", f"{name} is not listed in collect")
    for name in sorted(set(form.collect) - set(test.expected_files)):
        raise BadProblem(file, f"{field}.expected_files", f"does not say what {name} must hold")


def _case(
    folder: Path, field: str, form: ProblemForm, test: TestForm, name: str, files: Mapping[str, bytes]
) -> TestCase:
    own_files = {file: text.encode() for file, text in test.files.items()}
    case = TestCase(name, test.visible, test.weight, note=test.name, files={**files, **own_files})
    if form.kind == "unittest":
        source = read_text(folder / "tests" / str(test.test_file), SOURCE_LIMIT_BYTES)
        methods = _methods(folder, field, test, source)
        return replace(case, test_source=source, test_class=str(test.test_class), test_methods=methods)
    case = replace(case, comparison=test.comparison or form.comparison)
    if form.kind == "program":
        return replace(case, stdin=test.input or "", expected=test.expected, expected_files=test.expected_files)
    return replace(
        case,
        function=str(form.function),
        arguments_json=json.dumps(test.arguments, ensure_ascii=False),
        expected=json.dumps(test.expected, ensure_ascii=False),
    )


def _methods(folder: Path, field: str, test: TestForm, source: str) -> tuple[str, ...]:
    """The test methods of the class, read without running the file."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        file = str(folder / "tests" / str(test.test_file))
        raise BadProblem(file, f"line {error.lineno or 1}", f"is not valid Python: {error.msg}") from None
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == test.test_class:
            names = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
            methods = tuple(name for name in names if name.startswith("test"))
            if methods:
                return methods
            raise BadProblem(str(folder / "problem.yaml"), f"{field}.test_class", "has no method that begins with test")
    raise BadProblem(str(folder / "problem.yaml"), f"{field}.test_class", f"is not in tests/{test.test_file}")
