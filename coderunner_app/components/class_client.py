"""Wrappers around the JavaScript of the pages about classes: the board, moments, and what only a browser can do."""

from __future__ import annotations

import reflex as rx

from coderunner_core.services.people.on_behalf import Created

_moments = "$/public" + rx.asset("moments.jsx", shared=True)
_handy = "$/public" + rx.asset("handy.jsx", shared=True)
_heat = "$/public" + rx.asset("heat.jsx", shared=True)
_passwords = "$/public" + rx.asset("passwords.jsx", shared=True)
_live = "$/public" + rx.asset("live.jsx", shared=True)


def _nothing() -> tuple[()]:
    return ()


def _one(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


def _square(student: rx.Var[str], problem: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (student, problem)


class Heat(rx.Component):
    """Students and problems as squares, read from the vars ``board`` and ``patch`` of a state.

    ``on_open`` is given a student's id, a problem's id, or both, as texts.
    """

    library = _heat
    tag = "Heat"
    state: rx.Var[str]
    on_open: rx.EventHandler[_square]  # type: ignore[type-arg, valid-type]


class LiveChip(rx.Component):
    """Says whether the page follows what happens."""

    library = _live
    tag = "LiveChip"


class Drawer(rx.Component):
    """A part of the page that opens beside the rest; takes the focus whenever ``subject`` is another."""

    library = _live
    tag = "Drawer"
    label: rx.Var[str]
    subject: rx.Var[str]
    on_close: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class Clock(rx.Component):
    """Tells the parts that count what time it is at the server, in milliseconds since 1970."""

    library = _moments
    tag = "Clock"
    now: rx.Var[int]


class Ago(rx.Component):
    """How long ago a moment was (milliseconds since 1970); counts on by itself."""

    library = _moments
    tag = "Ago"
    at: rx.Var[int]
    coarse: rx.Var[bool]  # in minutes and more


class Alarm(rx.Component):
    """Fires once when a moment has come (milliseconds since 1970; 0: never)."""

    library = _moments
    tag = "Alarm"
    at: rx.Var[int]
    on_due: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class LocalTime(rx.Component):
    """A moment (milliseconds since 1970) in the reader's own time zone."""

    library = _moments
    tag = "LocalTime"
    at: rx.Var[int]
    full: rx.Var[bool]  # with its date, for what is kept or printed


class Due(rx.Component):
    """Whether something set is done, overdue, or due when (milliseconds since 1970; 0: whenever)."""

    library = _moments
    tag = "Due"
    at: rx.Var[int]
    done: rx.Var[bool]


class MomentInput(rx.Component):
    """A field of a form for a moment: typed in the browser's time zone, sent as ISO 8601 in UTC, or empty.

    ``at`` is what it begins with, in milliseconds since 1970; 0: empty.
    """

    library = _moments
    tag = "MomentInput"
    name: rx.Var[str]
    at: rx.Var[int]
    label: rx.Var[str]


class Copy(rx.Component):
    """A button that copies a text."""

    library = _handy
    tag = "Copy"
    text: rx.Var[str]
    label: rx.Var[str]


class CopyLink(rx.Component):
    """A button that copies the full address of a path of ours."""

    library = _handy
    tag = "CopyLink"
    path: rx.Var[str]
    label: rx.Var[str]


class Print(rx.Component):
    """A button that prints the page."""

    library = _handy
    tag = "Print"
    label: rx.Var[str]


class Passwords(rx.Component):
    """New passwords until they were put away; ``created`` are the newest accounts, ``group`` is their class.

    ``on_kept``: the browser has them, and nobody else needs them any more.
    """

    library = _passwords
    tag = "Passwords"
    created: rx.Var[list[Created]]
    group: rx.Var[str]
    on_kept: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class FileText(rx.Component):
    """A button that reads a small text file in the browser."""

    library = _handy
    tag = "FileText"
    label: rx.Var[str]
    most_bytes: rx.Var[int]
    on_text: rx.EventHandler[_one]  # type: ignore[type-arg, valid-type]
    on_too_large: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class Confirm(rx.Component):
    """A button that asks once more before it does something."""

    library = _handy
    tag = "Confirm"
    label: rx.Var[str]
    heading: rx.Var[str]
    words: rx.Var[str]
    yes: rx.Var[str]
    no: rx.Var[str]
    look: rx.Var[str]
    spoken: rx.Var[str]  # the button's name for those who listen, where the label alone would not do
    on_confirm: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class Projector(rx.Component):
    """A join code as large as the screen."""

    library = _handy
    tag = "Projector"
    code: rx.Var[str]
    path: rx.Var[str]
    name: rx.Var[str]
