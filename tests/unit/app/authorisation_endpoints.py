"""Who is refused what: one row for every HTTP endpoint, tried as those of ``authorisation_table.py`` are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.unit.app.authorisation_table import ADMIN_ONLY
from tests.unit.app.world import World


@dataclass(frozen=True)
class Endpoint:
    """An HTTP endpoint: what is sent, and the status that each person who must be refused is answered with.

    ``foreign`` is the status for a request from a page of another site; 0 where it does not matter, since nothing is
    changed and nothing personal is told.
    """

    refused: dict[str, int] = field(default_factory=dict)
    foreign: int = 0
    form: Callable[[World], dict[str, str]] = lambda _: {}
    address: Callable[[World], str] | None = None  # for one with a parameter in its path


_NOT_OF_THE_CLASS = {"nobody": 401, "ada": 403, "alan": 403, "perlis": 404}


def _class_file(form: str) -> Endpoint:
    return Endpoint(_NOT_OF_THE_CLASS, address=lambda world: f"/class/{world.class_id}/report.{form}")


def _student_file(form: str) -> Endpoint:
    return Endpoint(_NOT_OF_THE_CLASS, address=lambda world: f"/student/{world.ada.user_id}/report.{form}")


# By method and path, as the routes say them.
ENDPOINTS: dict[str, Endpoint] = {
    "GET /debug/queues": Endpoint(dict.fromkeys(ADMIN_ONLY, 404)),
    "GET /debug/push": Endpoint(dict.fromkeys(ADMIN_ONLY, 404)),
    "GET /debug/settings": Endpoint(dict.fromkeys(ADMIN_ONLY, 404)),
    "GET /health": Endpoint(),
    "GET /health/redis": Endpoint(),
    "GET /health/ready": Endpoint(),
    "GET /api/curriculum": Endpoint(),
    "GET /api/problem/{problem_id}": Endpoint(address=lambda _: "/api/problem/countdown"),
    "GET /run/{run_id}/output/{stream}": Endpoint(
        {"nobody": 401, "alan": 404, "perlis": 404}, address=lambda world: f"/run/{world.run_id}/output/stdout"
    ),
    "GET /metrics": Endpoint(),  # by a token of its own: tests/integration/operations
    "POST /auth/sign-in": Endpoint(foreign=403, form=lambda world: {"name": "ada", "password": world.password}),
    "POST /auth/register": Endpoint(
        foreign=403, form=lambda world: {"name": "mallory", "display_name": "M", "password": world.password}
    ),
    "POST /auth/sign-out": Endpoint(foreign=403),
    "POST /auth/password": Endpoint(
        {"nobody": 303, "alan": 303},  # back to the page, which says why
        foreign=403,
        form=lambda _: {"current": "a guess at it", "new": "battery staple", "again": "battery staple"},
    ),
    "POST /auth/delete-account": Endpoint(
        {"nobody": 303, "alan": 303}, foreign=403, form=lambda _: {"password": "a guess at it"}
    ),
    "GET /class/{class_id:int}/report.csv": _class_file("csv"),
    "GET /class/{class_id:int}/report.json": _class_file("json"),
    "GET /student/{student_id:int}/report.csv": _student_file("csv"),
    "GET /student/{student_id:int}/report.json": _student_file("json"),
    "GET /account/data.json": Endpoint({"nobody": 401}),
    "GET /admin/users/{user_id:int}/data.json": Endpoint(
        {"nobody": 401, "alan": 403, "hopper": 403, "perlis": 403},
        address=lambda world: f"/admin/users/{world.ada.user_id}/data.json",
    ),
    "GET /admin/audit.csv": Endpoint({"nobody": 401, "ada": 403, "alan": 403, "hopper": 403, "perlis": 403}),
    # Reflex's own; /_event is the websocket, whose origins tests/unit/app/test_origins.py tries.
    "GET /ping": Endpoint(),
    "GET /_health": Endpoint(),
}
