"""Where the two planning documents are wrong: what they say, and the right value, computed and not copied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coderunner_core.cost.prices import Range


class Kind(StrEnum):
    """How it is wrong."""

    WRONG = "wrong"  # does not follow from the document's own numbers
    CONTRADICTS = "contradicts"  # two places say different things
    CONDITIONAL = "true only if"  # right under a condition that is not said, and that does not hold


@dataclass(frozen=True, slots=True)
class Finding:
    """One discrepancy. ``where`` names document and section."""

    where: str
    kind: Kind
    says: str
    right: str


def dollars(range_: Range) -> str:
    """A range of US dollars as the documents write it."""
    return f"${range_.low:,.0f}-{range_.high:,.0f}"
