"""The page that a join link leads to: which class it is, and one button."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes
from coderunner_app.components.frame import page
from coderunner_app.components.parts import Live, skeleton, trouble
from coderunner_app.state.join import JoinState

_found: Live = JoinState.found


def join() -> rx.Component:
    """Through signing in or registering and back, then the class, then what to do first."""
    return page(
        rx.el.section(
            rx.el.h1("Join a class"),
            rx.cond(
                JoinState.ready,
                rx.fragment(
                    trouble(JoinState.trouble),
                    rx.cond(JoinState.signed_in, rx.cond(_found, _class(), _other_ways()), _sign_in_first()),
                ),
                skeleton("60%", "40%"),
            ),
            class_name="card narrow join",
        ),
        class_name="centre",
    )


def _class() -> rx.Component:
    return rx.fragment(
        rx.el.p(rx.el.b(_found.name, class_name="long-name class-name")),
        rx.el.p(
            "with ",
            rx.foreach(_found.teachers, lambda name: rx.el.span(name, class_name="teacher")),
            class_name="muted",
        ),
        rx.el.p(
            "Its teachers see what you run and how far you are",
            rx.cond(_found.drafts_watched, ", and what you type while you type it.", "."),
            class_name="muted small",
            id="who-sees",
        ),
        rx.cond(
            JoinState.joined,
            rx.fragment(
                rx.el.p("You are in this class.", class_name="said", role="status"),
                rx.el.a("See what there is to do", href=routes.CURRICULUM, class_name="btn primary wide", id="first"),
            ),
            rx.el.button(
                "Join this class", type="button", class_name="btn primary wide", id="join", on_click=JoinState.join
            ),
        ),
    )


def _sign_in_first() -> rx.Component:
    return rx.fragment(
        rx.el.p("Sign in first, or make an account. You come back here afterwards."),
        rx.el.div(
            rx.el.a("Sign in", href=JoinState.sign_in_address, class_name="btn primary"),
            rx.el.a("Make an account", href=JoinState.register_address, class_name="btn"),
            class_name="buttons",
        ),
    )


def _other_ways() -> rx.Component:
    return rx.cond(
        JoinState.trouble != "",
        rx.el.div(
            rx.el.a("Type in a code", href=routes.CLASSES, class_name="btn primary"),
            rx.el.a("Go to the curriculum", href=routes.CURRICULUM, class_name="btn"),
            class_name="buttons",
        ),
    )
