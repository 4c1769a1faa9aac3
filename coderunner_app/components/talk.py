"""The comments between a student and their teachers, and the field for the next one."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.class_client import LocalTime
from coderunner_app.components.forms import form
from coderunner_app.components.parts import Live, trouble
from coderunner_core.services.reviewing.comments import MOST_CHARS


def talk(state: Live, *, nothing: str, label: str) -> rx.Component:
    """What was said, oldest first."""
    return rx.el.section(
        rx.el.h2("Comments"),
        rx.el.div(
            rx.cond(
                state.comments.length() > 0,
                rx.el.ul(rx.foreach(state.comments, _comment), class_name="comments"),
                rx.el.p(nothing, class_name="muted"),
            ),
            custom_attrs={"aria-live": "polite"},
        ),
        trouble(state.comment_trouble),
        form(
            rx.el.label(label, html_for="comment"),
            rx.el.textarea(
                id="comment",
                name="comment",
                rows="3",
                max_length=MOST_CHARS,
                key=state.comment_serial,
                required=True,
            ),
            rx.el.button("Send", type="submit", class_name="btn", id="send-comment"),
            on_submit=state.write_comment,
            class_name="comment-form",
        ),
        class_name="talk",
        id="comments",
    )


def _comment(one: Live) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.b(one.author, class_name="long-name"),
            rx.cond(one.by_student, "", rx.el.span("teacher", class_name="chip soft")),
            rx.el.span(LocalTime.create(at=one.at_ms), class_name="muted small"),
            rx.cond(one.mine & one.read, rx.el.span("✓ read", class_name="muted small")),
            class_name="comment-head",
        ),
        rx.el.p(one.body, class_name="comment-body"),
        class_name=rx.cond(one.mine, "comment mine", "comment"),
        key=one.id,
    )
