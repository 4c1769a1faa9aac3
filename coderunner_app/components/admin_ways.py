"""The ways between the admin's pages."""

from __future__ import annotations

import reflex as rx

from coderunner_app import routes

_PAGES = (
    (routes.ADMIN_OPERATIONS, "Operations"),
    (routes.ADMIN_COST, "Cost"),
    (routes.ADMIN_USERS, "People"),
    (routes.ADMIN_CLASSES, "Classes"),
    (routes.ADMIN_AUDIT, "Log"),
)


def admin_ways(here: str) -> rx.Component:
    """A row of links; ``here`` is the present address."""
    return rx.el.nav(
        *[
            rx.el.a(
                words,
                href=address,
                class_name="class-way",
                custom_attrs={"aria-current": "page"} if address == here else {},
            )
            for address, words in _PAGES
        ],
        class_name="class-ways",
        aria_label="Pages for admins",
    )
