"""Reads the price file, and adds up what the documents only state."""

from __future__ import annotations

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from coderunner_core.errors import Misconfigured

PRICES_PATH = Path(__file__).with_name("prices.toml")
_INHERITED = ("currency", "date", "source")

Role = Literal["web", "api", "runner", "redis", "database", "cdn", "errors"]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(_Row):
    """From one amount of money a month to another, in the currency of where it stands."""

    low: float = Field(ge=0)
    high: float = Field(ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if self.low > self.high:
            raise ValueError("low is more than high")
        return self

    def plus(self, other: Range, times: float = 1) -> Range:
        """This and another one, so many times."""
        return Range(low=self.low + times * other.low, high=self.high + times * other.high)


class Restated(Range):
    """A total that a document gives a second time."""

    source: str


class Part(Range):
    """One line of a bill: what, from where, and when that was the price."""

    role: Role
    component: str
    currency: str
    date: datetime.date
    source: str

    @property
    def range(self) -> Range:
        """The amounts alone."""
        return Range(low=self.low, high=self.high)


class Template(_Row):
    """One way to host everything. ``load`` says for whom: the documents' base scenario, a demonstration, or an
    operator's own users.
    """

    id: str
    name: str
    load: Literal["base", "demo", "own"]
    currency: str
    date: datetime.date
    source: str
    total: Range | None = None  # as the document prints it
    restated: Restated | None = None
    parts: tuple[Part, ...] = ()  # none: the document gives a total alone
    swaps: tuple[Part, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Template:
        if not self.parts and not self.total:
            raise ValueError("neither parts nor a total")
        if {self.currency} != {self.currency, *(part.currency for part in (*self.parts, *self.swaps))}:
            raise ValueError("parts in another currency cannot be added up")
        return self

    @property
    def scales(self) -> bool:
        """Whether it is for enough users that more of them mean more runners."""
        return self.load != "demo" and bool(self.parts)

    @property
    def runner(self) -> Range:
        """What one runner costs a month."""
        return self._sum("runner")

    def added_up(self, runners: int = 1) -> Range:
        """The sum of the parts, with so many runners instead of the one that each template has."""
        return self._sum().plus(self.runner, runners - 1)

    def with_swap(self, swap: Part) -> Range:
        """The sum with one part taken from somewhere else."""
        others = [part for part in self.parts if part.role != swap.role]
        return _sum([*others, swap])

    def _sum(self, *roles: Role) -> Range:
        return _sum([part for part in self.parts if not roles or part.role in roles])

    def wrong_totals(self) -> list[str]:
        """Each total in the documents that is not the sum of its parts, with the right value."""
        if not self.parts:
            return []
        right = self.added_up()
        stated = [(self.source, self.total)] if self.total else []
        if self.restated:
            stated.append((self.restated.source, Range(low=self.restated.low, high=self.restated.high)))
        return [
            f"{source}, {self.name}: {said.low:g}-{said.high:g} should be {right.low:g}-{right.high:g}"
            for source, said in stated
            if said != right
        ]


def _sum(parts: list[Part]) -> Range:
    return Range(low=sum(part.low for part in parts), high=sum(part.high for part in parts))


@cache
def templates(path: Path = PRICES_PATH) -> tuple[Template, ...]:
    """Every template of the price file. Raises Misconfigured when the file cannot be understood."""
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(Template.model_validate(_filled(one, file)) for one in file.get("template", []))
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured([f"{path.name}: {error}"]) from None
    except ValidationError as error:
        raise Misconfigured(
            [f"{path.name}: {error.title} {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        ) from None


def base_bills() -> tuple[Template, ...]:
    """The report's five for the base scenario, in its order: the recommended one first, VPS only second."""
    return tuple(one for one in templates() if one.load == "base")


def _filled(template: dict[str, Any], file: dict[str, Any]) -> dict[str, Any]:
    """With what a template has from the file, and a part from its template."""
    filled = _from(file) | template
    for rows in ("parts", "swaps"):
        filled[rows] = [_from(filled) | part for part in filled.get(rows, [])]
    return filled


def _from(outer: dict[str, Any]) -> dict[str, Any]:
    return {name: outer[name] for name in _INHERITED if name in outer}
