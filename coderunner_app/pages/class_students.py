"""Who is in a class: the list, adding many at once, and new passwords on a sheet to cut."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.class_students import add_students, passwords, students
from coderunner_app.components.class_ways import class_crumbs, class_ways
from coderunner_app.components.frame import page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, skeleton
from coderunner_app.state.class_students import ClassStudentsState

_state: Live = ClassStudentsState


def class_students_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(_state.name != "", f"{_state.name}: students · Code Runner", "Code Runner")


def class_students() -> rx.Component:
    """New passwords first: they are shown once."""
    return page(
        passwords(),
        rx.cond(
            _state.ready,
            rx.cond(_state.missing, lost("There is no such class"), _cards()),
            rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting"),
        ),
        crumbs=class_crumbs(_state.name, _state.address, "Students"),
        class_name=rx.cond(_state.missing, "centre", "reading"),
    )


def _cards() -> rx.Component:
    return rx.fragment(
        class_ways(_state.address, "/students"),
        rx.el.h1(_state.name, class_name="long-name"),
        students(),
        rx.cond(
            _state.archived,
            rx.el.p("This class is archived. Bring it back under Set-up to add anybody.", class_name="notice"),
            add_students(),
        ),
    )
