"""The students of a class on its set-up page: the list, adding many at once, and passwords that are shown once."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.class_client import Confirm, FileText, LocalTime, Passwords
from coderunner_app.components.forms import form, said
from coderunner_app.components.parts import Live, trouble
from coderunner_app.state.class_students import ClassStudentsState
from coderunner_core.services.teaching.name_lists import LIST_LIMIT_BYTES

_students: Live = ClassStudentsState.students
_left: Live = ClassStudentsState.left
_rows: Live = ClassStudentsState.rows
_LIST_ID = "list"


def students() -> rx.Component:
    """Who is in the class."""
    return rx.el.section(
        rx.el.h2("Students", rx.cond(_students.length() > 0, rx.el.span(_students.length(), class_name="count"))),
        said(ClassStudentsState.said),
        rx.cond(
            _students.length() > 0,
            rx.el.ul(rx.foreach(_students, _student), class_name="people"),
            rx.el.p("Nobody is in this class yet. Hand out the join code, or add everybody below.", class_name="muted"),
        ),
        rx.cond(_left.length() > 0, _left_lately()),
        class_name="card form-card",
        id="students",
    )


def _left_lately() -> rx.Component:
    return rx.el.div(
        rx.el.h3("Left by themselves in the last four weeks"),
        rx.el.ul(
            rx.foreach(
                _left,
                lambda one: rx.el.li(
                    rx.el.span(
                        rx.el.b(one.display_name, class_name="long-name"),
                        rx.el.span(one.name, class_name="muted small"),
                        class_name="person",
                    ),
                    rx.el.span(LocalTime.create(at=one.since_ms, full=True), class_name="muted small"),
                    key=one.id,
                ),
            ),
            class_name="people",
        ),
        rx.el.p(
            "Their work is no longer shown to you. They can come back with the join code.", class_name="muted small"
        ),
        id="left",
    )


def _student(one: Live) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(one.display_name, class_name="long-name"),
            rx.el.span(one.name, class_name="muted small"),
            rx.cond(one.disabled, rx.el.span("account closed", class_name="chip soft")),
            class_name="person",
        ),
        rx.el.span(
            Confirm.create(
                label="New password",
                spoken=f"New password for {one.display_name}",
                heading=f"A new password for {one.display_name}?",
                words="The old one stops working, and wherever they are signed in they are signed out.",
                yes="Make a new password",
                look="btn quiet",
                on_confirm=ClassStudentsState.reset_password(one.id),
            ),
            Confirm.create(
                label="Remove",
                spoken=f"Remove {one.display_name}",
                heading=f"Remove {one.display_name} from this class?",
                words="Their account and their work stay. You no longer see them here.",
                yes="Remove",
                look="btn quiet",
                on_confirm=ClassStudentsState.remove(one.id),
            ),
            class_name="buttons",
        ),
        key=one.id,
    )


def add_students() -> rx.Component:
    """Paste or choose a file, look at what would happen, make it happen."""
    return rx.el.section(
        rx.el.h2("Add students"),
        rx.el.p(
            "One student a line: a name, or a name to sign in with and the name to show, divided by a comma. "
            "A list from a spreadsheet works, too. Each gets a new account with a password that you hand out.",
            class_name="muted",
        ),
        trouble(ClassStudentsState.trouble),
        rx.cond(_rows.length() > 0, _looked_at(), _empty_form()),
        class_name="card form-card",
        id="add",
    )


def _empty_form() -> rx.Component:
    return form(
        rx.el.div(
            rx.el.label("The list", html_for=_LIST_ID),
            rx.el.textarea(
                name=_LIST_ID,
                id=_LIST_ID,
                rows="6",
                default_value=ClassStudentsState.pasted,
                key=ClassStudentsState.pasted,
                placeholder="Ada Lovelace\nAlan Turing\nghopper, Grace Hopper",
                custom_attrs={"spellCheck": False},
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.button("Look at it", type="submit", class_name="btn primary"),
            FileText.create(
                label="Choose a CSV file",
                most_bytes=LIST_LIMIT_BYTES,
                on_text=ClassStudentsState.look_at_file,
                on_too_large=ClassStudentsState.file_too_large,
            ),
            class_name="buttons",
        ),
        on_submit=ClassStudentsState.look_at_list,
    )


def _looked_at() -> rx.Component:
    good = ClassStudentsState.good
    return rx.fragment(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        *[rx.el.th(words, scope="col") for words in ("Line", "Signs in as", "Shown as", "What happens")]
                    )
                ),
                rx.el.tbody(rx.foreach(_rows, _list_row)),
                class_name="preview",
            ),
            class_name="preview-scroll",
            tab_index=0,
            role="region",
            aria_label="What becomes of the list",
        ),
        rx.el.div(
            rx.cond(
                good > 0,
                rx.el.button(
                    rx.cond(good == 1, "Add 1 student", f"Add {good} students"),
                    type="button",
                    id="add-them",
                    class_name="btn primary",
                    on_click=ClassStudentsState.add(ClassStudentsState.pasted),
                ),
            ),
            rx.el.button("Change the list", type="button", class_name="btn", on_click=ClassStudentsState.forget_list),
            rx.cond(
                ClassStudentsState.bad > 0,
                rx.el.span(f"{ClassStudentsState.bad} left out", class_name="chip bad"),
            ),
            class_name="buttons",
        ),
    )


def _list_row(row: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.line, class_name="muted"),
        rx.el.td(row.name, class_name="mono"),
        rx.el.td(row.display_name),
        rx.el.td(
            rx.cond(
                row.trouble == "",
                rx.el.span("✓ new account", class_name="chip ok"),
                rx.el.span("✕ ", row.trouble, class_name="bad-row"),
            )
        ),
        key=row.line,
    )


def passwords() -> rx.Component:
    """New passwords, once. Part of the page itself, not of what it shows once it has been read: see passwords.jsx."""
    return Passwords.create(
        created=ClassStudentsState.created,
        group=ClassStudentsState.name,
        on_kept=ClassStudentsState.forget_passwords,
    )
