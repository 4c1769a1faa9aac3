"""All classes: who teaches them, how many are in them, and their end."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.admin_ways import admin_ways
from coderunner_app.components.class_client import Confirm
from coderunner_app.components.forms import form, said
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.state.admin_classes import AdminClassesState

_state: Live = AdminClassesState


def admin_classes() -> rx.Component:
    """The list, those that go on first."""
    return page(
        admin_ways(routes.ADMIN_CLASSES),
        rx.el.h1("All classes"),
        trouble(_state.trouble),
        said(_state.said),
        rx.cond(
            _state.ready,
            rx.el.section(
                rx.cond(
                    _state.cards.length() > 0,
                    rx.el.ul(rx.foreach(_state.cards, _class), class_name="people"),
                    rx.el.p("Nobody has made a class yet.", class_name="muted"),
                ),
                class_name="card form-card",
                aria_label="Classes",
            ),
            rx.cond(_state.trouble == "", rx.el.div(skeleton("40%", "70%", "60%"), class_name="card waiting")),
        ),
        crumbs=[crumb("All classes")],
        class_name="reading",
    )


def _class(one: Live) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.a(one.name, href=f"/class/{one.id}", class_name="long-name"),
            rx.cond(one.archived, rx.el.span("archived", class_name="chip soft")),
            rx.el.span(rx.cond(one.students == 1, "1 student", f"{one.students} students"), class_name="muted small"),
            rx.cond(
                one.teachers.length() > 0,
                rx.el.span(rx.foreach(one.teachers, _teacher), class_name="muted small"),
                rx.el.span("! no teacher", class_name="chip bad"),
            ),
            class_name="person",
        ),
        rx.el.details(
            rx.el.summary("Change", custom_attrs={"aria-label": f"Change {one.name}"}),
            rx.el.div(_give(one), _end(one), class_name="buttons"),
            class_name="changes",
        ),
        key=one.id,
    )


def _teacher(name: Live) -> rx.Component:
    return rx.el.span(name, class_name="teacher")


def _give(one: Live) -> rx.Component:
    return form(
        rx.el.input(type="hidden", name="class_id", value=one.id.to_string(), read_only=True),
        rx.el.input(
            name="teacher",
            placeholder="name of a teacher",
            auto_complete="off",
            required=True,
            max_length=40,
            custom_attrs={"aria-label": f"Another teacher for {one.name}"},
        ),
        rx.el.button("Add the teacher", type="submit", class_name="btn"),
        on_submit=_state.add_teacher,
        reset_on_submit=True,
        class_name="with-button",
    )


def _end(one: Live) -> rx.Component:
    return rx.cond(
        one.archived,
        rx.el.button("Let it go on", type="button", class_name="btn quiet", on_click=_state.unarchive(one.id)),
        Confirm.create(
            label="Archive",
            heading=f"Archive {one.name}?",
            words="Nobody joins any more and its students no longer see it. Its teachers can bring it back.",
            yes="Archive it",
            look="btn quiet",
            on_confirm=_state.archive(one.id),
        ),
    )
