"""The list of classes, for who teaches them and for who goes to them."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.class_client import Confirm
from coderunner_app.components.forms import line_form, said
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.state.classes import ClassesState
from coderunner_app.state.join import JoinState

_going_on: Live = ClassesState.going_on
_archived: Live = ClassesState.archived
_made: Live = ClassesState.made
_found: Live = JoinState.found


def classes() -> rx.Component:
    """What a teacher sees differs from what a student sees."""
    return page(
        rx.cond(
            ClassesState.ready,
            rx.cond(ClassesState.teaches, _taught(), _joined()),
            rx.el.div(trouble(ClassesState.trouble), skeleton("40%", "70%", "60%"), class_name="card waiting"),
        ),
        crumbs=[crumb(rx.cond(ClassesState.ready & ~ClassesState.teaches, "My classes", "Classes"))],
        class_name="reading",
    )


def _taught() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Classes"),
        trouble(ClassesState.trouble),
        rx.cond(ClassesState.made, _just_made()),
        rx.cond(
            _going_on.length() > 0,
            rx.el.ul(rx.foreach(_going_on, _taught_card), class_name="classes"),
            rx.el.p(
                "You have no class yet. Make one below; then hand out its join code, or add everybody from a list.",
                class_name="empty",
            ),
        ),
        rx.el.section(
            rx.el.h2("Make a class"),
            line_form(
                "name",
                "Name of the class",
                "Make it",
                ClassesState.create,
                hint="What you and the students call it, for example 7b Computing.",
                maxLength=80,
                required=True,
            ),
            class_name="card form-card",
        ),
        rx.cond(
            _archived.length() > 0,
            rx.el.details(
                rx.el.summary("Archived classes"),
                rx.el.ul(rx.foreach(_archived, _taught_card), class_name="classes"),
                class_name="more",
            ),
        ),
    )


def _just_made() -> rx.Component:
    return rx.el.div(
        rx.el.span(rx.el.b(_made.name, class_name="long-name"), " is there. Nobody is in it yet."),
        rx.el.a("Bring students in", href=f"/class/{_made.id}/students", class_name="btn primary"),
        class_name="said with-way",
        role="status",
    )


def _taught_card(card: Live) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(card.name, class_name="title"),
            rx.el.span(
                rx.el.span(card.students, rx.cond(card.students == 1, " student", " students")),
                rx.cond(card.online > 0, rx.el.span("● ", card.online, " online", class_name="chip ok")),
                rx.cond(card.stuck > 0, rx.el.span("! ", card.stuck, " stuck", class_name="chip stuck")),
                rx.cond(card.archived, rx.el.span("archived", class_name="chip soft")),
                class_name="counts",
            ),
            href=f"/class/{card.id}",
            class_name="card problem",
        ),
        key=card.id,
    )


def _joined() -> rx.Component:
    return rx.fragment(
        rx.el.h1("My classes"),
        trouble(ClassesState.trouble),
        said(ClassesState.said),
        rx.cond(
            _going_on.length() > 0,
            rx.el.ul(rx.foreach(_going_on, _joined_card), class_name="classes"),
            rx.el.p(
                "You are in no class yet. If your teacher gave you a code, type it in below.", class_name="empty"
            ),
        ),
        rx.el.section(
            rx.el.h2("Join a class"),
            trouble(JoinState.trouble),
            line_form(
                "code",
                "Code from your teacher",
                "Join",
                [JoinState.join_by_code, ClassesState.load],
                hint="Capitals or not, with or without the dash: all the same.",
                maxLength=20,
                required=True,
                autoCapitalize="characters",
                spellCheck=False,
            ),
            rx.el.div(
                rx.cond(
                    JoinState.joined & _found,
                    rx.el.p("You are in ", rx.el.b(_found.name, class_name="long-name"), " now.", class_name="said"),
                ),
                role="status",
            ),
            class_name="card form-card",
        ),
        rx.cond(
            _archived.length() > 0,
            rx.el.details(
                rx.el.summary("Classes that have ended"),
                rx.el.p("Their teachers can still read what you did.", class_name="muted small"),
                rx.el.ul(rx.foreach(_archived, _joined_card), class_name="classes"),
                class_name="more",
                id="ended",
            ),
        ),
    )  # fmt: skip


def _joined_card(card: Live) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(card.name, class_name="title"),
            rx.el.span(rx.foreach(card.teachers, _name), class_name="muted"),
            href=routes.CURRICULUM,
            class_name="problem",
        ),
        rx.el.div(
            rx.el.span(
                rx.cond(card.drafts_watched & ~card.archived, "Your teachers here can see what you type.", ""),
                class_name="muted small",
            ),
            rx.cond(ClassesState.may_leave, _leave(card)),
            class_name="joined-foot",
        ),
        key=card.id,
        class_name="card joined",
    )


def _leave(card: Live) -> rx.Component:
    return Confirm.create(
        label="Leave",
        spoken=f"Leave {card.name}",
        heading=f"Leave {card.name}?",
        words="Your programs, progress and comments stay yours, and its teachers see them no longer. What they have "
        "set leaves your pages, and programs that were kept for them go after some days. To come back you need a code.",
        yes="Leave the class",
        no="Stay",
        look="btn quiet",
        on_confirm=ClassesState.leave(card.id),
    )


def _name(name: Live) -> rx.Component:
    return rx.el.span(name, class_name="teacher")
