"""What the tests of teachers' and admins' pages share: a class with work in it, people who sign in, axe."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.visitor import PASSWORD, Visitor, fresh
from tests.instance import Instance


@dataclass(frozen=True)
class School:
    """What ``tests.e2e.seed`` made."""

    name: str
    class_id: int
    student_id: int
    teacher: str
    admin: str
    students: list[str]


def make(instance: Instance) -> School:
    """A class of its own for one test."""
    name = fresh("school")
    return School(name=name, **json.loads(instance.command("tests.e2e.seed", name)))


def enter(open_visitor: Callable[..., Visitor], who: str, password: str = PASSWORD, **options: object) -> Visitor:
    """Somebody's browser, signed in."""
    return signed_in(open_visitor(**options), who, password)


def signed_in(visitor: Visitor, who: str, password: str = PASSWORD) -> Visitor:
    """The same of a browser that is open."""
    visitor.page.goto("/sign-in")
    expect(visitor.page.locator("#sign-in-link")).to_be_visible()
    visitor.sign_in(who, password)
    visitor.page.wait_for_url("**/curriculum")
    expect(visitor.page.locator("#account")).to_be_visible()
    return visitor


def faults(visitor: Visitor) -> list[str]:
    """What axe finds wrong with the page."""
    found = Axe().run(visitor.page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
