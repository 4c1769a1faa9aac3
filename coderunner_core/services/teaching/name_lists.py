"""Reads a list of students as teachers have it: pasted lines, or a table saved from a spreadsheet. Pure."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from coderunner_core.errors import BadInput
from coderunner_core.services.people.accounts import checked_names, fold

LIST_LIMIT_BYTES = 64 * 1024
MOST_ROWS = 200
_SHOWN_CHARS = 60  # of a cell that cannot be used

_NAME_WORDS = frozenset({"name", "user", "user name", "username", "login", "sign-in name", "sign in name", "account"})
_SHOWN_WORDS = frozenset({"display name", "displayname", "shown name", "full name", "student", "student name"})
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list: who would be made of it, or what is wrong with it."""

    line: int  # as a text editor counts
    name: str
    display_name: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What would become of a list."""

    rows: list[ListRow]

    @property
    def added(self) -> list[ListRow]:
        """The rows that can be made into accounts."""
        return [row for row in self.rows if not row.trouble]

    @property
    def good(self) -> int:
        """How many can be added."""
        return len(self.added)

    @property
    def bad(self) -> int:
        """How many cannot."""
        return len(self.rows) - self.good

    def without(self, taken: Collection[str]) -> ListPreview:
        """The same list, where names that somebody has already are refused.

        They are not enrolled either: whoever teaches a student may reset their password, so that a student comes
        to a class by their own will or with a new account.
        """
        words = "This name is taken. If it is the same person, give them the class's code; otherwise change the name."
        return ListPreview([replace(row, trouble=words) if _is(row, taken) else row for row in self.rows])

    def within(self, room: int) -> ListPreview:
        """The same list, where those are refused for whom the class has no room."""
        late = {row.line for row in self.added[max(0, room) :]}
        return ListPreview(
            [replace(row, trouble="The class is full.") if row.line in late else row for row in self.rows]
        )


def _is(row: ListRow, taken: Collection[str]) -> bool:
    return not row.trouble and row.name in taken


def decode(data: bytes) -> str:
    """The text of an uploaded file, in any usual encoding. Raises BadInput when it is none or too large."""
    if len(data) > LIST_LIMIT_BYTES:
        raise BadInput(f"The file is too large: at most {LIST_LIMIT_BYTES // 1024} KiB.")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:  # what spreadsheets write
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput("This file is not a table as text. Save it as CSV and try again.")


def read_list(text: str) -> ListPreview:
    """The rows of a list: a name, or a name and a shown name, divided by comma, semicolon or tab. Raises BadInput.

    A line with one cell that could not be a name to sign in with ("Ada Lovelace") is taken as the shown name, and the
    name is made from it ("ada.lovelace"). A heading line is understood and may turn the columns around.
    """
    if len(text.encode("utf-8", "replace")) > LIST_LIMIT_BYTES:
        raise BadInput(f"The list is too large: at most {LIST_LIMIT_BYTES // 1024} KiB.")
    lines = _cells(text.removeprefix("\ufeff"))
    if not lines:
        raise BadInput("The list is empty. Write one student a line.")
    name_at, shown_at = 0, 1
    heading = [cell.casefold() for cell in lines[0][1]]
    if set(heading) & (_NAME_WORDS | _SHOWN_WORDS) and set(heading) <= (_NAME_WORDS | _SHOWN_WORDS | {""}):
        lines = lines[1:]
        name_at = next((i for i, cell in enumerate(heading) if cell in _NAME_WORDS), -1)
        shown_at = next((i for i, cell in enumerate(heading) if cell in _SHOWN_WORDS), -1)
    if len(lines) > MOST_ROWS:
        raise BadInput(f"The list has {len(lines)} rows; at most {MOST_ROWS} can be added at once.")
    seen: dict[str, int] = {}
    return ListPreview([_row(number, _at(cells, name_at), _at(cells, shown_at), seen) for number, cells in lines])


def _cells(text: str) -> list[tuple[int, list[str]]]:
    lines = text.splitlines()
    delimiter = max("\t;,", key=lambda one: sum(one in line for line in lines))  # the first, where that is a draw
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    found = []
    try:
        for cells in reader:
            tidy = [" ".join(cell.split()) for cell in cells]
            if any(tidy):
                found.append((reader.line_num, tidy))
    except csv.Error as error:
        raise BadInput(f"Line {reader.line_num} of the list cannot be read: {error}.") from None
    return found


def _at(cells: list[str], place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""


def _row(number: int, name: str, shown: str, seen: dict[str, int]) -> ListRow:
    if (not shown and " " in name) or not name:
        name, shown = _name_of(shown or name), shown or name
    try:
        name, shown = checked_names(name, shown)
    except BadInput as error:
        return ListRow(number, name[:_SHOWN_CHARS], shown[:_SHOWN_CHARS], error.message)
    if name in seen:
        return ListRow(number, name, shown, f"The same name as in line {seen[name]}.")
    seen[name] = number
    return ListRow(number, name, shown)


def _name_of(shown: str) -> str:
    """A name to sign in with, made from how somebody is called: accents are left out, spaces become dots."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", fold(shown)) if not unicodedata.combining(c))
    return _NOT_IN_A_NAME.sub(".", plain).strip(".")
