"""The ways between the pages of one class."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.frame import crumb
from coderunner_app.components.parts import Live

_PAGES = (
    ("", "Live"),
    ("/students", "Students"),
    ("/assignments", "Assignments"),
    ("/report", "Report"),
    ("/manage", "Set-up"),
)


def class_ways(address: Live, here: str) -> rx.Component:
    """The pages of a class as a row of links; ``here`` is the end of the present one's address."""
    return rx.el.nav(
        *[
            rx.el.a(
                words,
                href=f"{address}{end}",
                class_name="class-way",
                custom_attrs={"aria-current": "page"} if end == here else {},
            )
            for end, words in _PAGES
        ],
        class_name="class-ways",
        aria_label="Pages of this class",
    )


def class_crumbs(name: Live, address: Live, words: str) -> list[rx.Component]:
    """Classes › this class › this page of it."""
    return [
        crumb("Classes", routes.CLASSES, "root"),
        rx.cond(
            name != "",
            rx.fragment(crumb(name, f"{address}", "class-crumb"), crumb(words, class_name="here")),
        ),
    ]
