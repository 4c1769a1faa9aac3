"""Files and account forms over HTTP: what they are called, how they are kept, what they do to the session."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from coderunner_app import asgi
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotSignedIn
from coderunner_core.services.people import accounts, sessions
from tests.unit.app import world as school
from tests.unit.app.rig import cookie_of
from tests.unit.app.world import World
from tests.unit.conftest import PASSWORD

ORIGIN = "http://localhost:8000"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=asgi.endpoints()))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as opened:
        yield opened


@pytest.fixture
async def world(core: Core) -> World:
    return await school.build(core)


@pytest.mark.parametrize(
    ("address", "who", "kind", "name"),
    [
        ("/class/{class_id}/report.csv", "hopper", "text/csv; charset=utf-8", "Class-only-for-ada-report.csv"),
        ("/class/{class_id}/report.json", "hopper", "application/json", "Class-only-for-ada-report.json"),
        ("/student/{ada}/report.csv", "hopper", "text/csv; charset=utf-8", "ada-report.csv"),
        ("/student/{ada}/report.json", "lovelace", "application/json", "ada-report.json"),
        ("/account/data.json", "ada", "application/json", "ada-code-runner.json"),
        ("/admin/users/{ada}/data.json", "lovelace", "application/json", "person-1.json"),
        ("/admin/audit.csv?action=sign_in", "lovelace", "text/csv; charset=utf-8", "log.csv"),
    ],
)
async def test_a_file_is_to_be_saved_and_kept_by_nobody_in_between(
    client: httpx.AsyncClient, core: Core, world: World, address: str, who: str, kind: str, name: str
) -> None:
    """Its name, its kind, no copy on the way, and nothing that a browser would run."""
    path = address.format(class_id=world.class_id, ada=world.ada.user_id)
    answer = await client.get(path, headers={"cookie": await _cookie(world, who, core)})
    told = {key: answer.headers[key] for key in ("content-type", "cache-control", "content-disposition")}
    assert (answer.status_code, told) == (
        200,
        {
            "content-type": kind,
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{name.replace("person-1", f"person-{world.ada.user_id}")}"',
        },
    )


@pytest.mark.parametrize("address", ["/class/99999999999999999999/report.csv", "/class/0/report.csv"])
async def test_a_class_that_cannot_be(client: httpx.AsyncClient, core: Core, world: World, address: str) -> None:
    """Answered as any that is not there."""
    assert (await client.get(address, headers={"cookie": await _cookie(world, "hopper", core)})).status_code == 404


async def test_a_new_password_comes_with_a_new_session(client: httpx.AsyncClient, core: Core, ada: Actor) -> None:
    """This browser goes on; every other has to sign in again."""
    before = await cookie_of(ada, core)
    form = {"current": PASSWORD, "new": "battery staple", "again": "battery staple"}
    answer = await client.post("/auth/password", data=form, headers={"cookie": before})
    assert answer.headers["location"] == "/account?done=password"
    new = answer.cookies["coderunner_session"]
    assert (await sessions.verify(core, new)).name == "ada"
    with pytest.raises(NotSignedIn):
        await sessions.verify(core, before.partition("=")[2])


async def test_two_different_new_passwords_change_nothing(client: httpx.AsyncClient, core: Core, ada: Actor) -> None:
    """Said on the page."""
    form = {"current": PASSWORD, "new": "battery staple", "again": "battery maple"}
    answer = await client.post("/auth/password", data=form, headers={"cookie": await cookie_of(ada, core)})
    assert (answer.headers["location"], "not%20typed" in answer.cookies["coderunner_message"]) == ("/account", True)
    assert (await accounts.sign_in(core, "ada", PASSWORD, ip="1")).name == "ada"


async def test_who_deletes_their_account_is_signed_out(client: httpx.AsyncClient, core: Core, ada: Actor) -> None:
    """And is nobody from then on."""
    headers = {"cookie": await cookie_of(ada, core)}
    answer = await client.post("/auth/delete-account", data={"password": PASSWORD}, headers=headers)
    assert (answer.headers["location"], await accounts.list_users(core)) == ("/", [])
    assert 'coderunner_session=""' in answer.headers["set-cookie"]


async def _cookie(world: World, who: str, core: Core) -> str:
    actor = world.actor(who)
    assert actor is not None
    return await cookie_of(actor, core)
