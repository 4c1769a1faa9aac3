"""Every event handler and every endpoint, tried by everybody who must be refused; the table says who that is."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import reflex as rx
from starlette.applications import Starlette
from starlette.routing import Route

from coderunner_app import asgi, current
from coderunner_app.coderunner_app import app
from coderunner_app.state.base import Visitor
from coderunner_core.core import Core
from coderunner_core.errors import APOLOGY
from coderunner_core.services.teaching import join_codes
from tests.fakes import FakeQueue, open_fake_core
from tests.unit.app import world as school
from tests.unit.app.authorisation_endpoints import ENDPOINTS, Endpoint
from tests.unit.app.authorisation_table import HANDLERS, Closed
from tests.unit.app.rig import Rig, cookie_of, running_rig
from tests.unit.app.world import JOIN_CODE, SECRET, World

# One school for all cases: each proves that it changed nothing in it.
pytestmark = pytest.mark.asyncio(loop_scope="module")

OUR_ORIGIN = "http://localhost:8000"
ELSEWHERE = "203.0.113.7"  # not the machine itself, which may look at debug routes in development
_OF_REFLEX = {"setvar"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def core(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Core]:
    many = {"registrations_per_ip": 1000, "sign_in_tries_per_account": 1000, "sign_in_tries_per_ip": 1000}
    async with open_fake_core(tmp_path_factory.mktemp("school"), **many) as opened:
        current.use(opened)
        yield opened
        current.use(None)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(core: Core) -> World:
    return await school.build(core)


@pytest_asyncio.fixture(loop_scope="module")
async def rig(core: Core) -> AsyncIterator[Rig]:
    async with running_rig() as running:
        yield running


def _states(base: type[rx.State] = rx.State) -> Iterator[type[rx.State]]:
    for state in base.__subclasses__():
        if state.__module__.startswith("coderunner_app."):
            yield state
        yield from _states(state)


def _handlers(state: type[rx.State]) -> set[str]:
    own = set(state.event_handlers) - set(rx.State.event_handlers) - _OF_REFLEX
    return {name for name in own if not name.startswith("_")}


def _routes() -> set[str]:
    found = [*asgi.endpoints(debug_routes=True), *(route for route in app._api.routes if isinstance(route, Route))]  # type: ignore[union-attr]
    return {
        f"{method} {route.path}" for route in found for method in route.methods or () if method not in ("HEAD",)
    }  # fmt: skip


STATES = {state.__name__: state for state in _states()}
CLOSED = [
    (state, name, who)
    for state, rows in HANDLERS.items()
    for name, row in rows.items()
    if isinstance(row, Closed)
    for who in row.refused
]
ROWS = list(dict.fromkeys((state, name) for state, name, _ in CLOSED))


async def test_every_handler_has_a_row() -> None:
    """A new one has to say who may not use it; nobody forgets."""
    assert {name: _handlers(state) for name, state in STATES.items() if _handlers(state)} == {
        state: set(rows) for state, rows in HANDLERS.items()
    }


async def test_every_endpoint_has_a_row() -> None:
    """The same for what is served beside events."""
    assert _routes() == set(ENDPOINTS)


async def test_every_state_knows_who_asks() -> None:
    """All of them are visitors' states, whose shared helpers no browser can call."""
    shared = {name for name, _ in inspect.getmembers(Visitor, inspect.isfunction)} - set(dir(rx.State))
    assert {name for name in shared if not name.startswith("_")} == set()
    assert [name for name, state in STATES.items() if not issubclass(state, Visitor)] == []


@pytest.mark.parametrize(("state", "name", "who"), CLOSED, ids=lambda value: str(value))
async def test_who_has_no_business_there_gets_nowhere(
    state: str, name: str, who: str, rig: Rig, core: Core, world: World
) -> None:
    """They are told so; nothing stored or queued is different afterwards, and their page shows nothing of Ada's."""
    row = HANDLERS[state][name]
    assert isinstance(row, Closed)
    visit: dict[str, Any] = {"path": row.path(world), "cookie": await _cookie(who, core, world)}
    if "load" in HANDLERS[state] and name != "load":
        await rig.fire(STATES[state].load(), **visit)  # type: ignore[attr-defined]
        (await rig.state(STATES[state])).trouble = ""  # type: ignore[attr-defined]
    before, jobs, sent = await school.contents(core), _jobs(core), len(rig.events)
    await rig.fire(getattr(STATES[state], name)(*row.payload(world)), **visit)
    page = await rig.state(STATES[state])
    shown = str(page.dict())
    told = bool(page.trouble or len(rig.events) > sent or getattr(page, "asks_to_sign_in", False))  # type: ignore[attr-defined]
    assert (
        await school.contents(core) == before,
        _jobs(core),
        _leaks(shown, who),
        told or row.quiet,
        page.trouble == APOLOGY,  # type: ignore[attr-defined]
    ) == (True, jobs, False, True, False)


@pytest.mark.parametrize(("state", "name"), ROWS, ids=lambda value: str(value))
async def test_who_may_gets_through(state: str, name: str, tmp_path: Path, core: Core) -> None:
    """The same payload by somebody who may: otherwise a row with a wrong payload would prove nothing."""
    row = HANDLERS[state][name]
    assert isinstance(row, Closed)
    async with open_fake_core(tmp_path) as own, running_rig() as rig:
        current.use(own)
        try:
            world = await school.build(own)
            visit: dict[str, Any] = {"path": row.path(world), "cookie": await _cookie(row.by, own, world)}
            if "load" in HANDLERS[state] and name != "load":
                await rig.fire(STATES[state].load(), **visit)  # type: ignore[attr-defined]
            await rig.fire(getattr(STATES[state], name)(*row.payload(world)), **visit)
            page = await rig.state(STATES[state])
            asked_to_sign_in = [one for one in rig.redirects if one.startswith("/sign-in")]
            assert (page.trouble, asked_to_sign_in) == ("", [])  # type: ignore[attr-defined]
        finally:
            current.use(core)


@pytest.mark.parametrize("nonsense", [None, 7, ["x"], {"a": 1}, "no-such-id", -1], ids=str)
@pytest.mark.parametrize(("state", "name"), ROWS, ids=lambda value: str(value))
async def test_nonsense_is_answered_in_words(
    state: str, name: str, nonsense: Any, rig: Rig, core: Core, world: World
) -> None:
    """Whatever a browser sends, even of somebody who may: no handler breaks, and nobody reads an apology."""
    row = HANDLERS[state][name]
    assert isinstance(row, Closed)
    visit: dict[str, Any] = {"path": row.path(world), "cookie": await _cookie(row.by, core, world)}
    payload = [nonsense] * len(row.payload(world))
    await rig.fire(getattr(STATES[state], name)(*payload), **visit)
    assert (await rig.state(STATES[state])).trouble != APOLOGY  # type: ignore[attr-defined]


@pytest.mark.parametrize("method_and_path", ENDPOINTS)
async def test_an_endpoint_refuses_who_has_no_business_there(method_and_path: str, core: Core, world: World) -> None:
    """With the status that the table says, and without telling or changing anything."""
    row = ENDPOINTS[method_and_path]
    for who, status in row.refused.items():
        before = await school.contents(core)
        answer = await _ask(method_and_path, row, await _cookie(who, core, world), world, OUR_ORIGIN)
        assert (answer.status_code, _leaks(answer.text, who)) == (status, False), who
        assert await school.contents(core) == before, who


@pytest.mark.parametrize("method_and_path", [one for one in ENDPOINTS if not one.startswith("GET")])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://localhost:8000.evil.example"])
async def test_no_page_of_another_site_changes_anything(
    method_and_path: str, origin: str, core: Core, world: World
) -> None:
    """Also not with the session of somebody who may do it: a browser sends cookies wherever the form came from."""
    row = ENDPOINTS[method_and_path]
    before = await school.contents(core)
    answer = await _ask(method_and_path, row, await _cookie("lovelace", core, world), world, origin)
    assert (answer.status_code, await school.contents(core) == before) == (row.foreign, True)
    assert "set-cookie" not in answer.headers


async def _ask(method_and_path: str, row: Endpoint, cookie: str, world: World, origin: str) -> httpx.Response:
    method, path = method_and_path.split()
    headers = {"cookie": cookie, **({"origin": origin} if origin else {})}
    app_ = Starlette(routes=asgi.endpoints(debug_routes=True))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app_, client=(ELSEWHERE, 443)), base_url=OUR_ORIGIN
    ) as client:
        address = row.address(world) if row.address else path
        return await client.request(method, address, headers=headers, data=row.form(world) or None)


async def _cookie(who: str, core: Core, world: World) -> str:
    actor = world.actor(who)
    return await cookie_of(actor, core) if actor else ""


def _leaks(shown: str, who: str) -> bool:
    return who != "ada" and any(one in shown for one in (SECRET, JOIN_CODE, join_codes.shown(JOIN_CODE)))


def _jobs(core: Core) -> list[Any]:
    assert isinstance(core.queue, FakeQueue)
    return list(core.queue.jobs)
