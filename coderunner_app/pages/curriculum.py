"""The curriculum: age groups, their levels, the problems in them, and how far one is."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.assignments import assignments
from coderunner_app.components.frame import crumb, page
from coderunner_app.components.parts import Live, progress_chip, skeleton, trouble
from coderunner_app.state.curriculum import CurriculumState

_groups: Live = CurriculumState.groups


def curriculum() -> rx.Component:
    """One age group at a time."""
    return page(
        rx.el.h1("Curriculum", class_name="unseen"),
        trouble(CurriculumState.trouble),
        rx.cond(
            CurriculumState.ready,
            rx.fragment(
                assignments(),
                rx.el.div(rx.foreach(_groups, _tab), class_name="ages", role="group", aria_label="Age groups"),
                rx.foreach(_groups, _group),
                rx.cond(
                    _groups.length() == 0,
                    rx.el.p("There are no problems yet. Whoever runs this place adds them.", class_name="empty"),
                ),
            ),
            rx.el.div(skeleton("40%", "70%", "60%", "65%"), class_name="card waiting"),
        ),
        crumbs=[crumb("Curriculum")],
        class_name="reading",
    )


def _tab(group: Live) -> rx.Component:
    return rx.el.button(
        group.title,
        rx.cond(group.solved > 0, rx.el.span(f"{group.solved} of {group.total}", class_name="count")),
        type="button",
        class_name="age",
        on_click=CurriculumState.show_group(group.id),
        custom_attrs={"aria-pressed": rx.cond(group.id == CurriculumState.group_id, "true", "false")},
    )


def _group(group: Live) -> rx.Component:
    return rx.cond(
        group.id == CurriculumState.group_id,
        rx.el.section(
            rx.el.p(group.blurb, class_name="lead"),
            rx.foreach(group.levels, _level),
            aria_label=group.title,
        ),
    )


def _level(level: Live) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(f"Level {level.number} · {level.title}"),
                rx.el.p(level.blurb, class_name="muted"),
            ),
            rx.el.div(
                rx.el.span(rx.foreach(level.problems, _dot), class_name="dots", custom_attrs={"aria-hidden": "true"}),
                rx.el.span(f"{level.solved} of {level.total} solved", class_name="muted small"),
                class_name="level-progress",
            ),
            class_name="level-head",
        ),
        rx.el.ul(rx.foreach(level.problems, _card), class_name="problems"),
        class_name="level",
    )


def _dot(problem: Live) -> rx.Component:
    return rx.el.i(class_name=problem.status)


def _card(problem: Live) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(problem.title, class_name="title"),
                rx.el.span(
                    rx.foreach(problem.concepts, lambda concept: rx.el.span(concept, class_name="concept")),
                    rx.cond(
                        problem.solved_by > 0,
                        rx.el.span(f"solved by {problem.solved_by}", class_name="muted small solved-by"),
                    ),
                    class_name="concepts",
                ),
                class_name="what",
            ),
            progress_chip(problem.status, problem.best_score),
            href=f"/problem/{problem.id}",
            class_name="card problem",
        )
    )
