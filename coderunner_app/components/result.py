"""What a program did: its output while it arrives, how it ended, and a row for each test."""

from __future__ import annotations

import reflex as rx

from coderunner_app.components.client import Console, Waiting
from coderunner_app.components.parts import Live, icon
from coderunner_app.routes import REGISTER, SIGN_IN
from coderunner_app.state.problem import ProblemState

_problem: Live = ProblemState.problem
_run: Live = ProblemState.run_panel


def result() -> rx.Component:
    """The lower right of the workspace."""
    return rx.el.div(
        rx.el.div(
            _tab("output", "Output"),
            _tab("tests", "Tests"),
            rx.cond(
                ProblemState.signed_in,
                rx.el.a("History", href=f"/problem/{_problem.id}/history", class_name="tab", id="to-history"),
            ),
            rx.el.span(class_name="grow"),
            _ending(),
            class_name="tabs",
        ),
        rx.el.div(class_name=rx.cond(_run.active, "moving", "still"), custom_attrs={"aria-hidden": "true"}),
        _messages(),
        rx.el.div(
            Console.create(
                state=ProblemState.get_full_name(),
                active=_run.active,
                label="Output of your program",
                on_replay=ProblemState.replay,
                on_check=ProblemState.look_again,
            ),
            _quiet(),
            class_name=rx.cond(ProblemState.tab == "output", "panel", "panel away"),
        ),
        rx.el.div(_tests(), class_name=rx.cond(ProblemState.tab == "tests", "panel", "panel away")),
        class_name="out",
    )


def _tab(name: str, words: str) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        id=f"tab-{name}",
        class_name="tab",
        on_click=ProblemState.show_tab(name),
        custom_attrs={"aria-pressed": rx.cond(ProblemState.tab == name, "true", "false")},
    )


def _ending() -> rx.Component:
    """One line that is read aloud when it changes; the output itself is not."""
    return rx.el.div(
        rx.cond(
            _run.active,
            rx.el.span(
                rx.cond(
                    _run.status == "pending",
                    Waiting.create(said=ProblemState.queue),
                    rx.fragment(rx.cond(_run.submitted, "Testing…", "Running…")),
                ),
                class_name="chip soft",
            ),
            rx.cond(
                _run.label != "",
                rx.fragment(
                    rx.cond(_run.cost != "", rx.el.span(_run.cost, class_name="muted small cost")),
                    rx.el.span(
                        rx.el.span(_run.mark, custom_attrs={"aria-hidden": "true"}),
                        rx.cond(_run.score != "", _run.score, _run.label),
                        class_name=f"chip {_run.tone}",
                        id="ending",
                    ),
                ),
            ),
        ),
        class_name="ending",
        role="status",
    )


def _messages() -> rx.Component:
    return rx.fragment(
        rx.cond(
            ProblemState.trouble != "",
            rx.el.div(
                rx.el.span(ProblemState.trouble),
                rx.el.button(
                    icon("close"),
                    type="button",
                    class_name="btn quiet",
                    on_click=ProblemState.dismiss,
                    aria_label="Close",
                ),
                class_name="trouble bar-message",
                role="alert",
            ),
        ),
        rx.cond(ProblemState.asks_to_sign_in, _sign_in_first()),
        rx.cond(
            _run.solved,
            rx.el.p(
                "Every test passes. ",
                rx.cond(
                    _problem.next_problem_id != "",
                    rx.el.a(
                        "Next problem",
                        icon("next"),
                        href=f"/problem/{_problem.next_problem_id}",
                        id="next-problem",
                    ),
                    rx.el.a("Back to the curriculum", icon("next"), href="/curriculum", id="next-problem"),
                ),
                class_name="solved bar-message",
            ),
            rx.cond(_run.explanation != "", rx.el.p(_run.explanation, class_name="explanation", id="explanation")),
        ),
        rx.cond(
            _run.truncated & ~_run.submitted,
            rx.el.p("Your program printed more than may be kept: what follows is cut off.", class_name="explanation"),
        ),
        rx.cond(_run.downloads.length() > 0, _long_output()),
    )


def _long_output() -> rx.Component:
    """Where all of it is. What arrived live stays on the page; a reload a while later has the beginning only."""
    return rx.el.p(
        "The page may show only the beginning of this. ",
        rx.foreach(
            _run.downloads,
            lambda one: rx.cond(
                one.address != "",
                rx.el.a(one.words, href=one.address, download=True, reload_document=True, class_name="download"),
                rx.el.span(one.words, class_name="download"),
            ),
        ),
        class_name="explanation",
        id="long-output",
    )


def _sign_in_first() -> rx.Component:
    back = f"?next=/problem/{ProblemState.problem.id}"
    return rx.el.div(
        rx.el.span("Sign in to run your program. What you typed stays here."),
        rx.el.span(
            rx.el.a("Sign in", href=f"{SIGN_IN}{back}", class_name="btn primary"),
            rx.el.a("Make an account", href=f"{REGISTER}{back}", class_name="btn"),
            class_name="buttons",
        ),
        class_name="bar-message ask-in",
        role="alert",
    )


def _quiet() -> rx.Component:
    """Words where there is no output."""
    return rx.cond(
        _run.id == "",
        rx.el.p("Press Run, and what your program prints appears here.", class_name="empty"),
        rx.cond(
            _run.silent & ~_run.submitted,
            rx.el.p("Your program ended well and printed nothing.", class_name="empty"),
            rx.cond(
                _run.submitted & ~_run.active,
                rx.el.p("A submission prints nothing here: look at its tests, or press Run.", class_name="empty"),
            ),
        ),
    )


def _tests() -> rx.Component:
    return rx.cond(
        _run.tests.length() > 0,
        test_rows(_run.tests),
        rx.el.p(
            rx.cond(
                _run.submitted & _run.active,
                "Your program is being tested.",
                rx.cond(
                    _run.submitted,
                    "No test was run.",
                    "Press Submit, and every test gets a row here.",
                ),
            ),
            class_name="empty",
        ),
    )


def test_rows(tests: Live) -> rx.Component:
    """A row for each test."""
    return rx.el.ul(rx.foreach(tests, _row), class_name="rows", tab_index=0, aria_label="Tests")


def _row(test: Live) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(test.mark, custom_attrs={"aria-hidden": "true"}), test.label, class_name=f"chip {test.tone}"
        ),
        rx.el.span(
            test.name,
            " ",
            rx.cond(test.visible, rx.el.span("visible", class_name="muted small")),
            class_name="test-name",
        ),
        rx.cond(test.visible & ~test.passed, _details(test), rx.el.span(test.cost, class_name="muted")),
        class_name="row",
    )


def _details(test: Live) -> rx.Component:
    """The first difference; pressing it shows what the test gave and what the program said."""
    return rx.el.details(
        rx.el.summary(
            rx.cond(test.difference.length() > 0, rx.foreach(test.difference, _part), rx.el.span("See what happened")),
            icon("down"),
            class_name="diff",
        ),
        rx.cond(test.given != "", rx.fragment(rx.el.p("The test gave"), rx.el.pre(test.given))),
        rx.cond(test.printed != "", rx.fragment(rx.el.p("Your program printed"), rx.el.pre(test.printed))),
        rx.cond(test.errors != "", rx.fragment(rx.el.p("Errors"), rx.el.pre(test.errors, class_name="stderr"))),
    )


def _part(part: Live) -> rx.Component:
    return rx.cond(part.quoted, rx.el.mark(part.text), rx.el.span(part.text))
