"""Where a class is set up: how students get in, who teaches, what it sees and may do, and its end."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.class_client import Confirm, Copy, CopyLink, LocalTime, Projector
from coderunner_app.components.class_ways import class_crumbs, class_ways
from coderunner_app.components.forms import check, form, line_form, said
from coderunner_app.components.frame import page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.state.class_manage import ClassManageState

_state: Live = ClassManageState

_QUOTAS = (
    ("runs_per_minute", "Runs a minute"),
    ("runs_per_day", "Runs a day"),
    ("submissions_per_minute", "Submissions a minute"),
    ("submissions_per_day", "Submissions a day"),
)


def class_manage_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(_state.name != "", f"{_state.name}: set-up · Code Runner", "Code Runner")


def class_manage() -> rx.Component:
    """One card a matter."""
    return page(
        rx.cond(
            _state.ready,
            rx.cond(_state.missing, lost("There is no such class"), _cards()),
            rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting"),
        ),
        crumbs=class_crumbs(_state.name, _state.address, "Set-up"),
        class_name=rx.cond(_state.missing, "centre", "reading"),
    )


def _cards() -> rx.Component:
    return rx.fragment(
        class_ways(_state.address, "/manage"),
        rx.el.h1(_state.name, class_name="long-name"),
        trouble(_state.trouble),
        said(_state.said),
        rx.cond(_state.archived, _archived_notice(), _join_code()),
        _teachers(),
        _settings(),
        _name_and_end(),
    )


def _join_code() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Join code"),
        rx.cond(
            _state.code != "",
            rx.fragment(
                rx.el.p("Students with an account type it in under My classes, or open the link.", class_name="muted"),
                rx.el.div(
                    rx.el.span(_state.code, class_name="big-code mono", id="join-code"),
                    rx.el.span("ends ", LocalTime.create(at=_state.code_until_ms), class_name="muted small"),
                    class_name="code-line",
                ),
                rx.el.div(
                    Copy.create(text=_state.code, label="Copy the code"),
                    CopyLink.create(path=_state.code_path, label="Copy the link"),
                    Projector.create(code=_state.code, path=_state.code_path, name=_state.name),
                    Confirm.create(
                        label="New code",
                        heading="Make a new code?",
                        words="The present code and its link stop working. Who is in the class stays in it.",
                        yes="Make a new code",
                        look="btn quiet",
                        on_confirm=_state.make_code(),
                    ),
                    Confirm.create(
                        label="End the code",
                        heading="End this code?",
                        words="Nobody can join by it any more. Who is in the class stays in it.",
                        yes="End the code",
                        look="btn quiet",
                        on_confirm=_state.revoke_code(),
                    ),
                    class_name="buttons",
                ),
            ),
            rx.fragment(
                rx.el.p("There is none at the moment, so nobody can join by themselves.", class_name="muted"),
                rx.el.button("Make a join code", type="button", class_name="btn primary", on_click=_state.make_code),
            ),
        ),
        class_name="card form-card",
        id="code",
    )


def _archived_notice() -> rx.Component:
    return rx.el.div(
        rx.el.span("This class is archived: nobody joins, its students no longer see it, and you can still read it."),
        rx.el.button("Bring it back", type="button", class_name="btn", on_click=_state.unarchive),
        class_name="notice with-way",
    )


def _teachers() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Teachers"),
        rx.el.ul(rx.foreach(_state.teachers, _teacher), class_name="people"),
        line_form(
            "teacher",
            "Add a teacher",
            "Add",
            _state.add_teacher,
            hint="The name that they sign in with. They may do here whatever you may do.",
            maxLength=40,
            required=True,
            autoCapitalize="none",
            spellCheck=False,
        ),
        class_name="card form-card",
    )


def _teacher(one: Live) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(one.display_name, class_name="long-name"),
            rx.el.span(one.name, class_name="muted small"),
            class_name="person",
        ),
        rx.cond(
            _state.teachers.length() > 1,
            Confirm.create(
                label="Remove",
                spoken=f"Remove {one.display_name}",
                heading=f"{one.display_name} no longer teaches this class?",
                words="They no longer see it. Another teacher can add them again.",
                yes="Remove",
                look="btn quiet",
                on_confirm=_state.remove_teacher(one.id),
            ),
        ),
        key=one.id,
    )


def _settings() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What the class sees and may do"),
        form(
            rx.el.fieldset(
                rx.el.legend("Levels"),
                check(
                    "all_levels",
                    "Every level",
                    checked=_state.all_levels,
                    hint="Also those that are added later. Without it, the ones ticked below.",
                ),
                rx.el.div(rx.foreach(_state.levels, _level), class_name="level-boxes"),
            ),
            rx.el.fieldset(
                rx.el.legend("Looking on"),
                check(
                    "drafts_watched",
                    "Teachers of this class may look on while a student types",
                    checked=_state.drafts_watched,
                    hint="They read and cannot change anything. Each student is told so on the page of the problem.",
                ),
            ),
            rx.el.fieldset(
                rx.el.legend("Quotas"),
                rx.el.p("Empty: as this installation has it.", class_name="muted small"),
                rx.el.div(*[_quota(name, words) for name, words in _QUOTAS], class_name="quota-boxes"),
            ),
            rx.el.button("Save the settings", type="submit", class_name="btn primary"),
            on_submit=_state.save_settings,
        ),
        class_name="card form-card",
        id="settings",
    )


def _level(level: Live) -> rx.Component:
    return check(f"level:{level.id}", f"{level.title} ({level.problems})", checked=level.seen)


def _quota(name: str, words: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(words, html_for=name),
        rx.el.input(
            name=name,
            id=name,
            type="number",
            default_value=_state.quotas[name],
            key=_state.quotas[name],
            placeholder=_state.usual[name].to_string(),
            custom_attrs={"min": 1, "step": 1, "inputMode": "numeric"},
        ),
        class_name="field",
    )


def _name_and_end() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Name and end"),
        line_form("name", "Name of the class", "Rename", _state.rename, value=_state.name, maxLength=80, required=True),
        rx.cond(
            ~_state.archived,
            Confirm.create(
                label="Archive this class",
                heading="Archive this class?",
                words="Nobody joins any more and its students no longer see it. You can read it and bring it back.",
                yes="Archive it",
                look="btn",
                on_confirm=_state.archive(),
            ),
        ),
        class_name="card form-card",
    )
