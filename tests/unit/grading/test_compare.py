"""What counts as the same answer, and how the first difference is told."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coderunner_core.curriculum import Comparison
from worker.compare import text_difference

EXACT, TOKENS = Comparison("exact"), Comparison("tokens")
NEAR = Comparison("numbers", absolute=0.01)
RATIO = Comparison("numbers", relative=0.01)
ALL = [EXACT, TOKENS, NEAR, RATIO]


@pytest.mark.parametrize(
    ("expected", "actual"),
    [("1\n", "1\n"), ("1\n", "1"), ("1", "1\n"), ("1\r\n2\r\n", "1\n2\n"), ("", ""), ("", "\n"), ("é\n", "é\n")],
)
def test_exact_forgives_line_ends_and_one_newline_at_the_end(expected: str, actual: str) -> None:
    """Nothing a student could see differs."""
    assert text_difference(expected, actual, EXACT) == ""


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        ("3\n2\n1\nLift off!\n", "3\n2\nLift off!\n", "line 3: expected `1` but got `Lift off!`"),
        ("1\n2\n", "1\n", "line 2 is missing: expected `2`"),
        ("1\n\n2\n", "1\n", "line 2 is missing: expected an empty line"),
        ("1\n", "1\n2\n", "line 2 is too much: got `2`"),
        ("1\n", "1\n\n", "line 2 is too much: got an empty line"),
        ("1\n", "", "expected `1` but nothing was printed"),
        ("1\n", "\n", "expected `1` but nothing was printed"),
        ("", "1\n", "line 1 is too much: got `1`"),
        ("a b", "a b ", "line 1: expected `a·b` but got `a·b·` (· is a space)"),
        ("a b", "a  b", "line 1: expected `a·b` but got `a··b` (· is a space)"),
        ("a\tb", "a b", "line 1: expected `a⇥b` but got `a·b` (· is a space)"),
        ("x", " y", "line 1: expected `x` but got `·y`"),
        ("Lift!", "lift!", "line 1: expected `Lift!` but got `lift!` (capital and small letters matter)"),
        ("a", "a\x07", "line 1: expected `a` but got `a␇`"),
        ("a", "a\x7f", "line 1: expected `a` but got `a<U+007F>`"),
        ("a", "\u200ba", "line 1: expected `a` but got `<U+200B>a`"),
        ("1", "1\r", "line 1: expected `1` but got `1␍`"),
        ("a" * 200 + "x", "a" * 200 + "y", f"line 1: expected `…{'a' * 59}x` but got `…{'a' * 59}y`"),
        ("x" + "a" * 200, "y" + "a" * 200, f"line 1: expected `x{'a' * 59}…` but got `y{'a' * 59}…`"),
    ],
)  # fmt: skip
def test_exact_tells_the_first_difference(expected: str, actual: str, words: str) -> None:
    """Line by line, invisible characters made visible, long lines cut around the difference."""
    assert text_difference(expected, actual, EXACT) == words


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        ("1 2 3\n", "1\n2\n  3", ""),
        ("1 2 3", "1 2", "the output ends too early, after 2 words: expected `3`"),
        ("1 2", "1", "the output ends too early, after 1 word: expected `2`"),
        ("1", " \n", "expected `1` but nothing was printed"),
        ("1 2", "1\n2\n\n3 4", "line 4, word 1 is too much: got `3`"),
        ("a b\nc d", "a b\nc e", "line 2, word 2: expected `d` but got `e`"),
        ("1.0", "1", "line 1, word 1: expected `1.0` but got `1`"),
    ],
)
def test_tokens_compare_words_and_nothing_else(expected: str, actual: str, words: str) -> None:
    """White space only separates."""
    assert text_difference(expected, actual, TOKENS) == words


@pytest.mark.parametrize(
    ("expected", "actual", "comparison", "same"),
    [
        ("3.14", "3.149", NEAR, True),
        ("3.14", "3.15", NEAR, True),
        ("3.14", "3.1500001", NEAR, False),
        ("0.3", "0.31", NEAR, True),  # exact in decimal, though not in binary
        ("100", "101", RATIO, True),
        ("100", "102", RATIO, False),
        ("0", "0.0001", RATIO, False),
        ("1e5", "100000", NEAR, True),
        ("1E5", "100000.001", NEAR, True),
        (".5", "0.5", NEAR, True),
        ("-0", "0", NEAR, True),
        ("nan", "NaN", NEAR, True),
        ("nan", "1", NEAR, False),
        ("1", "nan", NEAR, False),
        ("inf", "Infinity", NEAR, True),
        ("inf", "-inf", NEAR, False),
        ("inf", "1e999", NEAR, False),
        ("1" + "0" * 400, "1" + "0" * 400 + ".001", NEAR, True),
        ("1" + "0" * 5000, "1" + "0" * 4999 + "1", NEAR, False),
        ("1e999999999", "-1e999999999", NEAR, False),
        ("1e99999999999999999999", "1", NEAR, False),
        ("mean 1.5", "mean 1.501", NEAR, True),
        ("mean 1.5", "Mean 1.5", NEAR, False),
        ("1,5", "1.5", NEAR, False),
        ("1_000", "1000", NEAR, False),
        ("١", "1", NEAR, False),
        ("0x10", "16", NEAR, False),
    ],
)
def test_numbers_may_be_off_by_the_tolerance(expected: str, actual: str, comparison: Comparison, same: bool) -> None:
    """Of any size, in the notations that Python prints; other words must be equal."""
    assert (text_difference(expected, actual, comparison) == "") == same


@pytest.mark.parametrize("comparison", ALL)
@pytest.mark.parametrize("text", ["x\n" * 100_000, "x " * 100_000, "x" * 200_000, "\n" * 200_000, "9" * 200_000])
def test_a_large_output_is_compared_in_no_time(text: str, comparison: Comparison) -> None:
    """Anything quadratic would take minutes here."""
    began = time.monotonic()
    text_difference(text + "1", text + "2", comparison)
    text_difference(text + "1", text[: len(text) // 2], comparison)
    text_difference(text, text[::-1] + " y", comparison)
    assert time.monotonic() - began < 5


texts = st.text(alphabet=string.ascii_letters + string.digits + ". -+\n\r\té␀", max_size=60)
comparisons = st.sampled_from(ALL)
spaces = st.text(alphabet=" \n\t", min_size=1, max_size=4)


@given(texts, comparisons)
def test_every_text_equals_itself(text: str, comparison: Comparison) -> None:
    """Whatever it holds."""
    assert text_difference(text, text, comparison) == ""


@given(texts, texts, comparisons)
def test_which_of_two_texts_was_expected_does_not_matter(one: str, other: str, comparison: Comparison) -> None:
    """Only the words change their sides."""
    assert bool(text_difference(one, other, comparison)) == bool(text_difference(other, one, comparison))


@given(texts, texts)
def test_what_is_exactly_the_same_is_the_same_by_words_and_numbers(one: str, other: str) -> None:
    """The three ways grow more forgiving, never less."""
    if text_difference(one, other, EXACT) == "":
        assert text_difference(one, other, TOKENS) == ""
    if text_difference(one, other, TOKENS) == "":
        assert text_difference(one, other, NEAR) == ""


@given(st.lists(st.text(alphabet=string.ascii_letters, min_size=1), min_size=1), st.data())
def test_white_space_between_words_never_matters_to_tokens(words: list[str], data: st.DataObject) -> None:
    """However many, of whatever kind."""
    spread = "".join(data.draw(spaces) + word for word in words) + data.draw(spaces)
    assert text_difference(" ".join(words), spread, TOKENS) == ""


@given(st.floats(-1e15, 1e15), st.floats(0, 0.0099))
def test_a_float_within_the_tolerance_passes(value: float, step: float) -> None:
    """As Python prints it."""
    assert text_difference(repr(value), repr(value + step), NEAR) == "" or abs(value) > 1e12


@given(texts, texts, comparisons)
def test_the_words_fit_a_row_and_show_no_control_character(one: str, other: str, comparison: Comparison) -> None:
    """Whatever the program printed."""
    told = text_difference(one, other, comparison)
    assert len(told) < 300
    assert all(character.isprintable() for character in told)
