"""Who is refused what: one row for every event handler and every HTTP endpoint. CONTRIBUTING says how to add one.

``test_authorisation.py`` finds the handlers and endpoints by itself, fails when one has no row here, and does what each
row says as everybody who must be refused: they are told so, nothing is changed, and nothing of Ada's is shown to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.unit.app.world import World

NOBODY = ("nobody",)  # has not signed in
NO_STUDENT = ("nobody", "alan")  # nor a student who is in no class
NOT_THEIRS = ("nobody", "alan", "perlis")  # nor a teacher of another class
STAFF_ONLY = ("nobody", "ada", "alan")
TEACHERS_OF_THE_CLASS = ("nobody", "ada", "alan", "perlis")
ADMIN_ONLY = ("nobody", "ada", "alan", "hopper", "perlis")


@dataclass(frozen=True)
class Open:
    """A handler that reads what anyone may read, or changes nothing but what the caller's own page shows."""

    path: str = "/"


@dataclass(frozen=True)
class Closed:
    """A handler that reads or changes what belongs to somebody.

    ``payload`` is what would do it, made of ids of Ada's; ``refused`` are those who get nowhere with it, and ``by``
    is somebody who does, so that the row proves something. ``quiet`` is for a handler that works on what the caller's
    own page holds: strangers' pages hold nothing, and nothing is said.
    """

    refused: tuple[str, ...]
    payload: Callable[[World], tuple[Any, ...]] = lambda _: ()
    path: Callable[[World], str] = lambda _: "/"
    by: str = "ada"
    quiet: bool = False


def _workspace(_: World) -> str:
    return "/problem/countdown"


HANDLERS: dict[str, dict[str, Open | Closed]] = {
    "CurriculumState": {
        "load": Open("/curriculum"),
        "refresh": Open("/curriculum"),
        "show_group": Open("/curriculum"),
    },
    "LandingState": {"load": Open()},
    "ProblemState": {
        "load": Open("/problem/countdown"),
        "run_program": Closed(NOBODY, lambda _: ("print(1)", ""), _workspace),
        "submit_program": Closed(NOBODY, lambda _: ("print(1)",), _workspace),
        "stop_program": Closed(NO_STUDENT, path=_workspace, quiet=True),
        "run_changed": Closed(NOT_THEIRS, lambda world: (world.run_id,), _workspace),
        "look_again": Closed(NO_STUDENT, path=_workspace, quiet=True),
        "replay": Closed(NOT_THEIRS, lambda world: (world.run_id,), _workspace),
        "progress_changed": Open("/problem/countdown"),
        "save_draft": Closed(NOBODY, lambda _: ("countdown", "# a stranger's", "", 1), _workspace),
        "show_hint": Open("/problem/countdown"),
        "show_tab": Open("/problem/countdown"),
        "show_pane": Open("/problem/countdown"),
        "toggle_input": Open("/problem/countdown"),
        "dismiss": Open("/problem/countdown"),
    },
    "RegisterState": {"load": Open("/register")},
    "SessionState": {"load": Open()},
    "SignInState": {"load": Open("/sign-in")},
}


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


# By method and path, as the routes say them.
ENDPOINTS: dict[str, Endpoint] = {
    "GET /health": Endpoint(),
    "GET /health/redis": Endpoint(),
    "GET /health/ready": Endpoint(),
    "GET /run/{run_id}/output/{stream}": Endpoint(
        {"nobody": 401, "alan": 404, "perlis": 404}, address=lambda world: f"/run/{world.run_id}/output/stdout"
    ),
    "GET /metrics": Endpoint(),  # by a token of its own: tests/integration/operations
    "POST /auth/sign-in": Endpoint(foreign=403, form=lambda world: {"name": "ada", "password": world.password}),
    "POST /auth/register": Endpoint(
        foreign=403, form=lambda world: {"name": "mallory", "display_name": "M", "password": world.password}
    ),
    "POST /auth/sign-out": Endpoint(foreign=403),
    # Reflex's own; /_event is the websocket, whose origins tests/integration/app/test_origins.py tries.
    "GET /ping": Endpoint(),
    "GET /_health": Endpoint(),
}
