"""The comments between a student and their teachers, and the field for the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from coderunner_app.components.class_client import LocalTime
from coderunner_app.components.forms import form
from coderunner_app.components.parts import Live, trouble
from coderunner_core.services.reviewing.comments import MOST_CHARS

About = Callable[[Live, rx.Component], rx.Component]  # the way from a comment to the run that it is about


def talk(state: Live, *, nothing: str, label: str, about: About) -> rx.Component:
    """What was said about a problem, oldest first; ``about`` leads to the run that one of them is about."""
    return rx.el.section(
        rx.el.h2("Comments"),
        comment_list(state.comments, nothing=nothing, about=about),
        comment_form(
            label, on_submit=state.write_comment, trouble_with=state.comment_trouble, serial=state.comment_serial
        ),
        class_name="talk",
        id="comments",
    )


def comment_list(comments: Live, *, nothing: str, about: About | None = None) -> rx.Component:
    """Comments, or a word that there are none."""
    return rx.el.div(
        rx.cond(
            comments.length() > 0,
            rx.el.ul(rx.foreach(comments, lambda one: _comment(one, about)), class_name="comments"),
            rx.el.p(nothing, class_name="muted"),
        ),
        custom_attrs={"aria-live": "polite"},
    )


def comment_form(
    label: str, *, on_submit: Any, trouble_with: Live, serial: Live, name: str = "comment", run_id: Live = None
) -> rx.Component:
    """The field for the next one; ``name`` tells two of them on one page apart, ``run_id`` says what it is about."""
    about_run = {} if run_id is None else {"key": run_id}  # what was typed about another one does not stay
    return rx.fragment(
        trouble(trouble_with),
        form(
            rx.el.label(label, html_for=name),
            rx.el.textarea(
                id=name,
                name="comment",
                rows="3",
                max_length=MOST_CHARS,
                key=serial,
                required=True,
            ),
            rx.fragment() if run_id is None else rx.el.input(type="hidden", name="run", value=run_id, read_only=True),
            rx.el.button("Send", type="submit", class_name="btn", id=f"send-{name}"),
            on_submit=on_submit,
            class_name="comment-form",
            **about_run,
        ),
    )


def _comment(one: Live, about: About | None) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.b(one.author, class_name="long-name"),
            rx.cond(one.by_student, "", rx.el.span("teacher", class_name="chip soft")),
            rx.el.span(LocalTime.create(at=one.at_ms), class_name="muted small"),
            rx.cond(one.mine & one.read, rx.el.span("✓ read", class_name="muted small")),
            class_name="comment-head",
        ),
        rx.el.p(one.body, class_name="comment-body"),
        rx.cond(one.run_id != "", about(one, _which(one)), rx.fragment()) if about else rx.fragment(),
        class_name=rx.cond(one.mine, "comment mine", "comment"),
        key=one.id,
    )


def _which(one: Live) -> rx.Component:
    kind = rx.cond(one.run_kind == "submit", "Submit", "Run")
    return rx.fragment("About the ", kind, " of ", LocalTime.create(at=one.run_at_ms, full=True))
