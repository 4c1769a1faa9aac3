"""Lists of students, as teachers have them."""

from __future__ import annotations

import pytest

from coderunner_core.errors import BadInput
from coderunner_core.services.teaching.name_lists import LIST_LIMIT_BYTES, MOST_ROWS, decode, read_list

READ = [
    ("one name a line", "ada\nalan\n", [("ada", "ada"), ("alan", "alan")]),
    (
        "names as they are called",
        "Ada Lovelace\nJosé Núñez",
        [("ada.lovelace", "Ada Lovelace"), ("jose.nunez", "José Núñez")],
    ),
    ("commas", "ada,Ada Lovelace", [("ada", "Ada Lovelace")]),
    ("semicolons", "ada;Lovelace, Ada", [("ada", "Lovelace, Ada")]),
    ("tabs", "ada\tAda Lovelace\r\nalan\tAlan Turing\r\n", [("ada", "Ada Lovelace"), ("alan", "Alan Turing")]),
    ("quotes", '"ada","Lovelace, Ada"', [("ada", "Lovelace, Ada")]),
    ("a heading", "Name,Display name\nada,Ada", [("ada", "Ada")]),
    ("a heading the other way round", "Full name;Username\nAda L;ada", [("ada", "Ada L")]),
    ("a heading with shown names only", "Student\nAda Lovelace", [("ada.lovelace", "Ada Lovelace")]),
    ("a byte order mark", "\ufeffada\n", [("ada", "ada")]),
    ("blank lines", "\n\nada\n\n  \nalan\n", [("ada", "ada"), ("alan", "alan")]),
    ("spaces around", "  ada  ,  Ada   Lovelace ", [("ada", "Ada Lovelace")]),
    ("capital letters", "ADA", [("ada", "ADA")]),
    ("an empty first column", ",Ada Lovelace", [("ada.lovelace", "Ada Lovelace")]),
]


@pytest.mark.parametrize(("text", "rows"), [(text, rows) for _, text, rows in READ], ids=[case for case, _, _ in READ])
def test_a_list_is_read(text: str, rows: list[tuple[str, str]]) -> None:
    """Whatever divides it, with a heading or without."""
    read = read_list(text)
    assert ([(row.name, row.display_name) for row in read.rows], read.bad) == (rows, 0)


REFUSED = [
    ("twice", "ada\nalan\nAda", ["", "", "The same name as in line 1."]),
    ("too long", "x" * 41, ["The name may have at most 40 characters."]),
    ("a shown name that is too long", "ada," + "x" * 41, ["The shown name may have at most 40 characters."]),
    ("nothing of a name", "???", ["The name may have letters"]),
]


@pytest.mark.parametrize(("text", "troubles"), [(t, w) for _, t, w in REFUSED], ids=[case for case, _, _ in REFUSED])
def test_a_row_says_what_is_wrong_with_it(text: str, troubles: list[str]) -> None:
    """And the others stay good."""
    rows = read_list(text).rows
    assert [row.trouble[: len(words)] for row, words in zip(rows, troubles, strict=True)] == troubles


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LIST_LIMIT_BYTES + 1), "ada\n" * (MOST_ROWS + 1)])
def test_a_list_that_is_empty_or_too_large_is_refused(text: str) -> None:
    """As a whole."""
    with pytest.raises(BadInput):
        read_list(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_spreadsheets_write_it(encoding: str) -> None:
    """Each has its own idea."""
    assert read_list(decode("name;full name\njose;José\n".encode(encoding))).rows[0].display_name == "José"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"x" * (LIST_LIMIT_BYTES + 1)])
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    """A spreadsheet's own format, or a film."""
    with pytest.raises(BadInput):
        decode(data)
