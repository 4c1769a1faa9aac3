"""What the pages of one class share: which class their address names, and ids as a browser sends them."""

from __future__ import annotations

import re

from coderunner_app.state.base import Visitor
from coderunner_core.errors import BadInput, NotFound

_ADDRESS = re.compile(r"/class/([1-9][0-9]{0,8})(?:/|$)")
_NO_CLASS = "There is no such class, or it is not one of yours."


class OfOneClass(Visitor, mixin=True):
    """Mixed into the states of the pages below /class/…; what the address names, the services check."""

    missing: bool = False  # there is no such class, or not for this person

    def _class_id(self) -> int:
        """The class that the address names. Raises NotFound."""
        found = _ADDRESS.match(str(self.router.url.path))
        if found is None:
            raise NotFound(_NO_CLASS)
        return int(found[1])

    def _as_missing(self) -> None:
        """Show that there is nothing, and nothing of what was shown before."""
        self.reset()  # type: ignore[no-untyped-call]
        self.missing, self.ready, self.trouble = True, True, _NO_CLASS


def number(value: object, what: str) -> int:
    """A whole number that a browser sent as such or as text. Raises BadInput."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadInput(f"The {what} is not a number.")
    text = str(value).strip()
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise BadInput(f"The {what} is not a number.")
    return int(text)


def number_or_none(value: object, what: str) -> int | None:
    """The same, where an empty field means none. Raises BadInput."""
    return None if value is None or (isinstance(value, str) and not value.strip()) else number(value, what)


def field(form: object, name: str) -> str:
    """One text of a form, whatever a browser really sent; empty when the form has no such field. Raises BadInput."""
    value = form.get(name, "") if isinstance(form, dict) else None
    if not isinstance(value, str):
        raise BadInput(f"The {name} is not a text.")
    return value
