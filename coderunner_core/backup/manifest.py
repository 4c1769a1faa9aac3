"""What a backup says about itself: what is in it, what is not, and a checksum of every file."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from coderunner_core.errors import BadInput

FORMAT = 1
NAME = "manifest.json"
DATABASE = "coderunner.db"
SECRET = "jwt-secret"  # noqa: S105 - a file's name
OBJECTS = "objects"
# Names that may be written into a folder: no other file of a backup is touched, whatever its archive says.
_ALLOWED = re.compile(rf"{DATABASE}|{SECRET}|{OBJECTS}(/[A-Za-z0-9_][A-Za-z0-9._-]*)+")


@dataclass(frozen=True)
class Entry:
    """One file of a backup."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Written last into the archive: one without it was cut off."""

    made_at: str  # ISO 8601, UTC
    schema: str  # the database's revision
    curriculum: str  # changes with any problem
    files: list[Entry]
    missing: list[str] = field(default_factory=list)  # what is kept elsewhere, in words
    format: int = FORMAT

    def to_json(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Read it; raises BadInput for another format and for names that no backup has."""
        try:
            values: dict[str, Any] = json.loads(text)
            if values["format"] != FORMAT:
                raise BadInput(f"This backup has the format {values['format']}; this release reads {FORMAT}.")
            manifest = cls(**{**values, "files": [Entry(**one) for one in values["files"]]})
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput("The list of contents of this backup cannot be read.") from error
        for entry in manifest.files:
            require_allowed(entry.name)
        return manifest


def require_allowed(name: str) -> None:
    """Raise BadInput for a file that does not belong into a backup."""
    if not _ALLOWED.fullmatch(name):
        raise BadInput(f"This is not a backup of Code Runner: it has a file named {name[:80]!r}.")
