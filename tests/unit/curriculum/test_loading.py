"""A good folder becomes a problem with all it said, and with nothing in its examples that must stay hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from coderunner_core.contract import Limits, Outcome
from coderunner_core.curriculum import Comparison, load, load_problem
from coderunner_core.errors import NotFound
from tests.unit.curriculum.folders import FUNCTION, PROGRAM, with_test, write_curriculum, write_problem


def test_a_program_problem_is_read_as_written(tmp_path: Path) -> None:
    """Texts, tests, weights and wrong solutions arrive; limits left out are the platform's."""
    problem = load_problem(write_problem(tmp_path / "double-it"))
    assert (
        problem.id, problem.title, problem.kind, problem.concepts,
    ) == ("double-it", "Double it", "program", ("input",))  # fmt: skip
    assert Limits() == problem.limits
    assert problem.statement_html == "<p>Read a number and print its <em>double</em>.</p>"
    assert problem.hints_html == ("<p>First hint.</p>", "<p>Second hint.</p>")
    assert [(t.stdin, t.expected, t.weight) for t in problem.tests] == [("3\n", "6\n", 1.0), ("-4\n", "-8\n", 2.0)]
    assert [(wrong.name, wrong.outcome) for wrong in problem.wrong] == [("adds_two.py", Outcome.WRONG_ANSWER)]


def test_hidden_tests_lose_their_name_and_never_are_examples(tmp_path: Path) -> None:
    """What the web may show holds visible tests only."""
    problem = load_problem(write_problem(tmp_path / "double-it"))
    assert [test.name for test in problem.tests] == ["Three", "Hidden 1"]
    assert problem.tests[1].note == "a negative number"
    assert [test.name for test in problem.examples] == ["Three"]


def test_a_function_problem_keeps_its_values_as_json(tmp_path: Path) -> None:
    """Arguments and expected value travel as JSON and are shown as Python."""
    form = with_test(FUNCTION, arguments=[[1, 2.5], None, "é"], expected={"a": True})
    test = load_problem(write_problem(tmp_path / "double-it", form)).tests[0]
    assert (test.arguments_json, test.expected) == ('[[1, 2.5], null, "é"]', '{"a": true}')
    assert test.input_shown == "double([1, 2.5], None, 'é')"
    assert test.expected_shown == "{'a': True}"


def test_a_function_may_be_expected_to_return_nothing(tmp_path: Path) -> None:
    """``expected: null`` is a value, not a missing field."""
    problem = load_problem(write_problem(tmp_path / "double-it", with_test(FUNCTION, expected=None)))
    assert problem.tests[0].expected == "null"


def test_a_tests_own_comparison_goes_before_the_problems(tmp_path: Path) -> None:
    """The problem's is for the others."""
    form = {**with_test(PROGRAM, comparison={"numbers": {"absolute": 0.5}}), "comparison": "tokens"}
    problem = load_problem(write_problem(tmp_path / "double-it", form))
    assert [Comparison("numbers", absolute=0.5), Comparison("tokens")] == [test.comparison for test in problem.tests]


def test_a_tests_own_data_file_replaces_the_problems(tmp_path: Path) -> None:
    """So a hidden test can hold other data under the same name."""
    form = {**with_test(PROGRAM, files={"a.csv": "own\n"}), "files": ["a.csv", "b.csv"]}
    folder = write_problem(tmp_path / "double-it", form, {"files/a.csv": "shared\n", "files/b.csv": "b\n"})
    problem = load_problem(folder)
    assert problem.files == {"a.csv": b"shared\n", "b.csv": b"b\n"}
    assert problem.tests[0].files == {"a.csv": b"own\n", "b.csv": b"b\n"}
    assert problem.tests[0].input_shown == "3\n\na.csv:\nown\n\nb.csv:\nb\n"


@pytest.mark.parametrize("word", ["no", "yes", "on", "12:30", "2026-01-01", "010", "0x1F", "1_000"])
def test_words_that_yaml_would_turn_into_something_else_stay_texts(word: str, tmp_path: Path) -> None:
    """The traps of YAML 1.1 are closed: only plain numbers, true, false and null are not texts."""
    text = (
        "title: x\nconcepts: [a]\ndifficulty: 1\nkind: function\nfunction: double\ntests:\n"
        f"- {{name: A, visible: true, arguments: [{word}], expected: [1e-6, 1.5, -2, true, null]}}\n"
    )
    test = load_problem(write_problem(tmp_path / "double-it", text, {"wrong/adds_two.py": None})).tests[0]
    assert f'["{word}"]' == test.arguments_json.replace('\\"', '"')
    assert test.expected == "[1e-06, 1.5, -2, true, null]"


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    """Authors on Windows need no special editor."""
    files: dict[str, str | bytes | None] = {"starter.py": b"\xef\xbb\xbfn = 1\r\nprint(n)\r\n"}
    assert load_problem(write_problem(tmp_path / "double-it", files=files)).starter == "n = 1\nprint(n)\n"


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    """Caches and results can tell an edited problem from the one before."""
    folder = write_problem(tmp_path / "double-it")
    before = load_problem(folder).version
    assert before == load_problem(folder).version
    (folder / "wrong" / "adds_two.py").write_text("print(2)\n")
    assert before != load_problem(folder).version


def test_a_curriculum_keeps_the_order_its_authors_chose(tmp_path: Path) -> None:
    """Groups by their order, levels by number, problems as level.yaml lists them."""
    root = write_curriculum(tmp_path)
    write_problem(root / "8-10" / "10-late" / "zebra")
    write_problem(root / "8-10" / "2-early" / "second")
    write_problem(root / "8-10" / "2-early" / "first-not-by-name")
    (root / "8-10" / "age-group.yaml").write_text("title: 8–10\nblurb: b\norder: 0x0\n".replace("0x0", "2"))
    (root / "8-10" / "10-late" / "level.yaml").write_text("title: Late\nblurb: b\nproblems: [zebra]\n")
    (root / "8-10" / "2-early" / "level.yaml").write_text(
        "title: Early\nblurb: b\nproblems: [second, first-not-by-name]\n"
    )
    curriculum = load(root)
    assert [group.id for group in curriculum.age_groups] == ["11-13", "8-10"]
    assert [level.id for level in curriculum.age_groups[1].levels] == ["8-10/2-early", "8-10/10-late"]
    assert [problem.id for problem in curriculum.problems] == ["double-it", "second", "first-not-by-name", "zebra"]


def test_a_problem_is_found_by_its_id_and_knows_its_place(tmp_path: Path) -> None:
    """And an id that is not there is NotFound."""
    curriculum = load(write_curriculum(tmp_path))
    assert curriculum.problem("double-it").title == "Double it"
    group, level = curriculum.place("double-it")
    assert (group.id, level.id, level.number) == ("11-13", "11-13/1-loops", 1)
    for find in (curriculum.problem, curriculum.place):
        with pytest.raises(NotFound):
            find("../../etc/passwd")
