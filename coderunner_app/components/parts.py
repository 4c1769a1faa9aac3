"""Small parts that several pages are made of."""

from __future__ import annotations

from typing import Any

import reflex as rx

# A value of a page's state, as pages write it: a Var that stands in for the value until the browser has it. Type
# checkers see either the value or the Var and can follow neither into the other's attributes.
Live = Any

_PATHS = {
    "run": "M5 3.2v9.6c0 .5.6.8 1 .5l7-4.8c.4-.3.4-.8 0-1L6 2.7c-.4-.3-1 0-1 .5Z",
    "stop": "M4.5 4.5h7v7h-7z",
    "check": "M3 8.5 6.3 12 13 4.5",
    "down": "M4 6.5 8 10.5l4-4",
    "back": "M10 3.5 5.5 8l4.5 4.5",
    "next": "M6 3.5 10.5 8 6 12.5",
    "talk": "M3 3.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H7.5L4.5 14v-2.5H3a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1Z",
    "close": "M4 4l8 8M12 4l-8 8",
}
_FILLED = {"run", "stop"}


def icon(name: str) -> rx.Component:
    """A drawing of 16 pixels; what it means is said by the words beside it."""
    paint = {"fill": "currentColor"} if name in _FILLED else {"fill": "none"}
    return rx.el.svg(
        rx.el.path(
            d=_PATHS[name],
            stroke="none" if name in _FILLED else "currentColor",
            stroke_width="1.8",
            stroke_linecap="round",
            stroke_linejoin="round",
        ),
        view_box="0 0 16 16",
        width="16",
        height="16",
        class_name="icon",
        custom_attrs={"aria-hidden": "true"},
        **paint,
    )


def progress_chip(status: Live, score: Live) -> rx.Component:
    """How far somebody is with a problem: a mark and a word, and a colour that says the same."""
    return rx.match(
        status,
        ("solved", rx.el.span(icon("check"), "Solved", class_name="chip ok")),
        ("tried", rx.el.span("● Tried", rx.cond(score > 0, f" · {score} %", ""), class_name="chip try")),
        rx.el.span("Not started", class_name="chip soft"),
    )


def trouble(message: Live) -> rx.Component:
    """What went wrong, read aloud to those who do not see it."""
    return rx.cond(message != "", rx.el.p(message, class_name="trouble", role="alert"))


def skeleton(*widths: str) -> rx.Component:
    """Grey lines in the place of text that is on its way; they appear only when it takes a moment."""
    lines = [rx.el.span(class_name="bone", style={"width": width}) for width in widths]
    return rx.el.div(*lines, class_name="bones", custom_attrs={"aria-hidden": "true"})


def hidden(words: str) -> rx.Component:
    """Words for those who listen instead of looking."""
    return rx.el.span(words, class_name="unseen")


def file_link(words: Live, href: Live, class_name: str = "btn") -> rx.Component:
    """A link to a file, which the browser fetches by itself: the pages' own router knows no files."""
    return rx.el.a(words, href=href, class_name=class_name, download=True, custom_attrs={"reloadDocument": True})
