"""Whatever an author writes into problem.yaml, loading ends with a problem or with BadProblem, never otherwise."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coderunner_core.curriculum import load_problem
from coderunner_core.errors import BadProblem
from tests.unit.curriculum.folders import FUNCTION, PROGRAM, UNITTEST, with_test, write_problem

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from(
    [
        "title",
        "kind",
        "concepts",
        "difficulty",
        "function",
        "limits",
        "comparison",
        "files",
        "collect",
        "wrong",
        "tests",
    ]
)
test_fields = st.sampled_from(
    [
        "name",
        "visible",
        "weight",
        "input",
        "arguments",
        "expected",
        "comparison",
        "files",
        "expected_files",
        "test_file",
    ]
)
forms = st.sampled_from([PROGRAM, FUNCTION, UNITTEST])


def survives(text: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_problem(Path(scratch) / "double-it", text)
        refusal = None
        try:
            load_problem(folder)
        except BadProblem as error:
            refusal = error
        assert refusal is None or all((refusal.file.startswith(scratch), refusal.field, refusal.reason))


@settings(max_examples=200, deadline=None)
@given(forms, fields, anything)
def test_any_value_in_any_field(form: dict[str, Any], field: str, value: object) -> None:
    """One field at a time, so that the rest gets as far as it can."""
    survives(yaml.safe_dump({**form, field: value}, allow_unicode=True))


@settings(max_examples=200, deadline=None)
@given(forms, test_fields, anything)
def test_any_value_in_any_field_of_a_test(form: dict[str, Any], field: str, value: object) -> None:
    """The same, one level deeper."""
    first, *others = form["tests"]
    survives(yaml.safe_dump({**form, "tests": [{**first, field: value}, *others]}, allow_unicode=True))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet="abc:-[]{}&*!|>'\"#%@ \n\t?,", max_size=60))
def test_any_text_at_all(text: str | bytes) -> None:
    """Most of them are no YAML."""
    survives(text)


@pytest.mark.parametrize(
    "text",
    [
        "tests: " + "[" * 20_000,  # deeper than any parser recurses
        "tests: " + "[" * 20_000 + "]" * 20_000,
        'title: "\\ud800"\n',  # half a surrogate pair, which no file and no pipe can hold
        yaml.safe_dump({**PROGRAM, "comparison": "tokens"}).replace("tokens", '"\\ud800"'),
        yaml.safe_dump(with_test(PROGRAM, expected="six")).replace("six", '"\\ud800"'),
        yaml.safe_dump(FUNCTION).replace("abab", '"\\ud800"'),
        yaml.safe_dump(FUNCTION).replace("expected: 6", "expected: " + "9" * 5_000),
    ],
)
def test_a_few_texts_that_broke_other_loaders(text: str) -> None:
    """Written by hand, since chance would not find them."""
    survives(text)
