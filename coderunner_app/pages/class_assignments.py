"""What is set to a class: a card each, a form, and a table of who has done it."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.class_client import Confirm, LocalTime, MomentInput
from coderunner_app.components.class_ways import class_crumbs, class_ways
from coderunner_app.components.forms import check, form, said
from coderunner_app.components.frame import page
from coderunner_app.components.lost import lost
from coderunner_app.components.parts import Live, hidden, skeleton, trouble
from coderunner_app.state.class_assignments import ClassAssignmentsState

_state: Live = ClassAssignmentsState
_form: Live = ClassAssignmentsState.form_of
_shown: Live = ClassAssignmentsState.shown


def class_assignments_title() -> Live:
    """What the browser's tab says."""
    return rx.cond(_state.name != "", f"{_state.name}: assignments · Code Runner", "Code Runner")


def class_assignments() -> rx.Component:
    """The newest first."""
    return page(
        rx.cond(
            _state.ready,
            rx.cond(_state.missing, lost("There is no such class"), _assignments()),
            rx.el.div(skeleton("40%", "70%", "60%"), class_name="card waiting"),
        ),
        crumbs=class_crumbs(_state.name, _state.address, "Assignments"),
        class_name=rx.cond(_state.missing, "centre", "reading"),
    )


def _assignments() -> rx.Component:
    return rx.fragment(
        class_ways(_state.address, "/assignments"),
        rx.el.div(
            rx.el.h1("Assignments"),
            rx.cond(
                ~_state.writing,
                rx.el.button(
                    "New assignment", type="button", class_name="btn primary", id="new", on_click=_state.write_new
                ),
            ),
            class_name="page-head",
        ),
        trouble(_state.trouble),
        said(_state.said),
        rx.cond(_state.writing, _writing()),
        rx.cond(
            _state.items.length() > 0,
            rx.el.ul(rx.foreach(_state.items, _card), class_name="assignments"),
            rx.cond(
                ~_state.writing,
                rx.el.p(
                    "Nothing is set yet. An assignment is a few problems with a time until which they are due; "
                    "the class sees it above the curriculum.",
                    class_name="empty",
                ),
            ),
        ),
    )


def _writing() -> rx.Component:
    return rx.el.section(
        rx.el.h2(rx.cond(_form.id > 0, "Change the assignment", "New assignment")),
        form(
            rx.el.div(
                rx.el.label("Title", html_for="title"),
                rx.el.input(
                    name="title",
                    id="title",
                    default_value=_form.title,
                    auto_complete="off",
                    custom_attrs={"maxLength": 80, "required": True},
                ),
                class_name="field",
            ),
            rx.el.div(
                MomentInput.create(name="opens", at=_form.opens_ms, label="Opens (empty: at once)"),
                MomentInput.create(name="due", at=_form.due_ms, label="Due (empty: whenever)"),
                class_name="quota-boxes moments",
            ),
            rx.el.fieldset(
                rx.el.legend("Problems"),
                rx.foreach(_state.choices, _choice_level),
            ),
            rx.el.div(
                rx.el.button("Set it", type="submit", class_name="btn primary"),
                rx.el.button("Leave it", type="button", class_name="btn", on_click=_state.put_away),
                class_name="buttons",
            ),
            on_submit=_state.save,
        ),
        class_name="card form-card writing",
        key=_form.id,
        aria_label="Assignment",
    )


def _choice_level(level: Live) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            level.title, rx.cond(~level.seen, rx.el.span(" · the class does not see this level", class_name="muted"))
        ),
        rx.el.div(rx.foreach(level.problems, _choice), class_name="level-boxes"),
        open=level.seen,
        key=level.id,
        class_name="choice-level",
    )


def _choice(problem: Live) -> rx.Component:
    return check(f"problem:{problem.id}", problem.title, checked=_form.problem_ids.contains(problem.id))


def _card(one: Live) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h2(one.title, class_name="long-name"),
                rx.el.p(
                    rx.match(
                        one.state,
                        ("upcoming", rx.fragment("opens ", LocalTime.create(at=one.opens_ms), " · ")),
                        ("over", rx.fragment("over · ")),
                        rx.fragment(),
                    ),
                    rx.cond(
                        one.due_ms > 0, rx.fragment("due ", LocalTime.create(at=one.due_ms)), "due whenever"
                    ),
                    class_name="muted small",
                ),
            ),
            rx.el.span(
                rx.el.b(f"{one.done} of {one.students}"),
                " done",
                rx.cond(one.done_late > 0, f", {one.done_late} of them late", ""),
                class_name="done",
            ),
            class_name="assignment-head",
        ),
        rx.el.p(one.titles.join(" · "), class_name="muted"),
        rx.el.div(
            rx.el.button(
                rx.cond(_shown.id == one.id, "Hide who has done it", "Who has done it"),
                type="button",
                class_name="btn",
                on_click=_state.show(one.id),
                custom_attrs={"aria-expanded": rx.cond(_shown.id == one.id, "true", "false")},
            ),
            rx.el.button(
                "Change",
                type="button",
                class_name="btn quiet",
                aria_label=f"Change {one.title}",
                on_click=_state.write(one.id),
            ),
            Confirm.create(
                label="Take it back",
                spoken=f"Take {one.title} back",
                heading=f"Take “{one.title}” back?",
                words="The class no longer sees it. What was solved stays solved.",
                yes="Take it back",
                look="btn quiet",
                on_confirm=_state.delete(one.id),
            ),
            class_name="buttons",
        ),
        rx.cond(_shown.id == one.id, _table()),
        key=one.id,
        class_name="card form-card",
    )  # fmt: skip


def _table() -> rx.Component:
    return rx.cond(
        _state.rows.length() > 0,
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Student", scope="col"),
                        rx.foreach(_shown.titles, lambda title: rx.el.th(title, scope="col")),
                        rx.el.th("All of it", scope="col"),
                    )
                ),
                rx.el.tbody(rx.foreach(_state.rows, _row)),
                class_name="preview completion",
            ),
            class_name="preview-scroll",
            tab_index=0,
            role="region",
            aria_label="Who has done it",
        ),
        rx.el.p("Nobody is in this class yet.", class_name="muted"),
    )


def _row(row: Live) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.name, scope="row", class_name="long-name"),
        rx.foreach(row.problems, _mark),
        rx.el.td(
            rx.match(
                row.state,
                ("all", rx.el.span("✓ done", class_name="chip ok")),
                ("late", rx.el.span("✓ late", class_name="chip try")),
                ("overdue", rx.el.span("! overdue", class_name="chip bad")),
                ("some", rx.el.span("● begun", class_name="chip try")),
                rx.el.span("not begun", class_name="chip soft"),
            )
        ),
        key=row.student_id,
    )


def _mark(state: Live) -> rx.Component:
    return rx.el.td(
        rx.match(
            state,
            ("solved", rx.el.span("✓", hidden("solved"), class_name="cell solved")),
            ("late", rx.el.span("✓", hidden("solved late"), class_name="cell solved late", title="solved late")),
            ("tried", rx.el.span("●", hidden("tried"), class_name="cell tried")),
            rx.el.span(hidden("not begun"), class_name="cell none"),
        )
    )
