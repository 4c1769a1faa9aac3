"""The debug routes: for admins and whoever sits at a development machine, and nowhere to be found in production."""

from __future__ import annotations

import dataclasses

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from coderunner_app import asgi, current
from coderunner_core.core import Core
from coderunner_core.models import Role
from coderunner_core.services.people import accounts
from tests.unit.app.rig import cookie_of

HERE, ELSEWHERE = "127.0.0.1", "203.0.113.7"
PATHS = ["/debug/queues", "/debug/push", "/debug/settings"]


async def _get(path: str, *, client: str, debug_routes: bool = True, **headers: str) -> httpx.Response:
    app = Starlette(routes=asgi.endpoints(debug_routes=debug_routes))
    transport = httpx.ASGITransport(app, client=(client, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as browser:
        return await browser.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("path", PATHS)
async def test_whoever_sits_at_a_development_machine_may_look(path: str, core: Core) -> None:
    """Without signing in."""
    assert (await _get(path, client=HERE)).status_code == 200


@pytest.mark.parametrize("path", PATHS)
async def test_an_admin_may_look_from_elsewhere(path: str, core: Core) -> None:
    """With a session."""
    lovelace = accounts.as_actor(await accounts.create_user(core, "lovelace", "L", "correct horse", Role.ADMIN))
    assert (await _get(path, client=ELSEWHERE, cookie=await cookie_of(lovelace, core))).status_code == 200


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (ELSEWHERE, {}),
        (HERE, {"x_forwarded_for": "203.0.113.7"}),  # a proxy on this machine makes everybody look local
        (HERE, {"forwarded": "for=203.0.113.7"}),
        (HERE, {"host": "rebound.evil.example:8000"}),  # a foreign page whose name points to this machine
    ],
)
@pytest.mark.parametrize("path", PATHS)
async def test_everybody_else_finds_nothing(path: str, client: str, headers: dict[str, str], core: Core) -> None:
    """Not even that there is something."""
    assert (await _get(path, client=client, **headers)).status_code == 404


@pytest.mark.parametrize("path", PATHS)
async def test_in_production_nobody_sits_at_the_machine(path: str, core: Core) -> None:
    """Were the routes there at all, they would want an admin."""
    production = core.settings.model_copy(update={"coderunner_env": "production"})
    current.use(dataclasses.replace(core, settings=production))
    assert (await _get(path, client=HERE)).status_code == 404


@pytest.mark.parametrize("path", PATHS)
async def test_where_they_are_switched_off_they_do_not_exist(path: str, core: Core) -> None:
    """For nobody."""
    assert (await _get(path, client=HERE, debug_routes=False)).status_code == 404


async def test_settings_are_shown_without_what_is_secret(core: Core) -> None:
    """Neither secrets nor the passwords in addresses."""
    secret = core.settings.model_copy(
        update={
            "jwt_secret": SecretStr("hush-hush"),
            "database_url": "postgresql+asyncpg://runner:hush-hush@db/x",
            "redis_url": "redis://:hush-hush@redis/0",
            "object_store_endpoint": "http://runner:/hush-hush@hush-hush@store",  # not quoted as it should be
        }
    )
    current.use(dataclasses.replace(core, settings=secret))
    answer = await _get("/debug/settings", client=HERE)
    assert "hush-hush" not in answer.text
    assert answer.json()["database_url"] == "postgresql+asyncpg://…@db/x"
