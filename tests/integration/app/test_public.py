"""Public content over HTTP: what a CDN needs to hold it, nothing that is not public, and one query for a crowd."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis
from sqlalchemy import event
from starlette.applications import Starlette

from coderunner_app import asgi, current
from coderunner_core.actors import Actor
from coderunner_core.cache import RedisCache
from coderunner_core.contract import Outcome, RunKind, Verdict
from coderunner_core.core import Core
from coderunner_core.database import Database, Patience
from coderunner_core.services.people import accounts
from coderunner_core.services.running import runs, verdicts
from tests.fakes import curriculum, open_fake_core, problem
from tests.servers import RedisServer, free_port

ADDRESSES = ["/api/curriculum", "/api/problem/countdown"]


@pytest.fixture
async def core(tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[Core]:
    async with open_fake_core(tmp_path) as opened, Redis.from_url(redis_server.url) as redis:
        await redis.flushdb()
        cached = replace(opened, cache=RedisCache(redis))
        current.use(cached)
        yield cached
        current.use(None)


@pytest.fixture
async def web(core: Core) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=asgi.endpoints()))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def counted(core: Core) -> list[str]:
    """The queries for the figures, as they are sent to the database."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "GROUP BY user_progress.problem_id" in statement:
            sent.append(statement)

    event.listen(core.database.engine.sync_engine, "before_cursor_execute", note)
    return sent


async def solve(core: Core, actor: Actor) -> None:
    run = await runs.submit(actor, core, "countdown", RunKind.SUBMIT, "print(1)")
    await verdicts.finish(core, run.id, Verdict(Outcome.ACCEPTED, score=100))


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_cache_may_hold_it(web: httpx.AsyncClient, address: str) -> None:
    """For five minutes, and the old one for a while longer; no cookie makes it anybody's."""
    answer = await web.get(address)
    assert (answer.status_code, answer.headers["cache-control"], "set-cookie" in answer.headers) == (
        200,
        "public, max-age=300, stale-while-revalidate=3600",
        False,
    )


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["{}", "W/{}", '"another", {}'])
async def test_what_has_not_changed_is_not_sent_again(web: httpx.AsyncClient, address: str, form: str) -> None:
    """Also when the CDN packed it in between, or holds several."""
    etag = (await web.get(address)).headers["etag"]
    again = await web.get(address, headers={"if-none-match": form.format(etag)})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)


async def test_what_is_published_anew_is_another_version(web: httpx.AsyncClient, core: Core) -> None:
    """A changed problem gives another tag at once; nobody waits for five minutes."""
    before = await web.get("/api/curriculum")
    current.use(replace(core, curriculum=curriculum(problem(version="v2"), problem("even-numbers"))))
    after = await web.get("/api/curriculum", headers={"if-none-match": before.headers["etag"]})
    assert (after.status_code, after.json()["version"] == before.json()["version"]) == (200, False)


async def test_a_crowd_of_first_visitors_makes_one_query(web: httpx.AsyncClient, counted: list[str]) -> None:
    """500 at once on an empty cache, half of them for a problem."""
    answers = await asyncio.gather(*(web.get(ADDRESSES[n % 2]) for n in range(500)))
    assert ({answer.status_code for answer in answers}, len(counted)) == ({200}, 1)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_what_lacks_its_figures_is_not_held_for_long(web: httpx.AsyncClient, core: Core, address: str) -> None:
    """The database is away: the problems are told all the same, and a cache asks again in a moment."""
    away = Database(f"postgresql://ada@127.0.0.1:{free_port()}/school", Patience(connect_retries=0))
    current.use(replace(core, database=away))
    answer = await web.get(address)
    await away.close()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=10")


async def test_it_tells_how_many_have_solved_a_problem(web: httpx.AsyncClient, core: Core) -> None:
    """People, not submissions."""
    ada = await accounts.register(core, "ada", "Ada", "correct horse", ip="10.0.0.1")
    await solve(core, ada)
    await solve(core, ada)
    assert (await web.get("/api/problem/countdown")).json()["solved_by"] == 1


async def test_nothing_hidden_is_in_it(web: httpx.AsyncClient) -> None:
    """Neither hidden tests nor solutions, whatever is asked."""
    told = "".join([(await web.get(address)).text for address in ADDRESSES])
    assert "Count down." in told
    assert [one for one in ("secret-expected", '"77', "the reference") if one in told] == []


async def test_an_unknown_problem_is_said_so_and_not_held(web: httpx.AsyncClient) -> None:
    """It may be published a minute later."""
    answer = await web.get("/api/problem/nothing")
    assert (answer.status_code, answer.json(), answer.headers["cache-control"]) == (
        404,
        {"error": "There is no such problem."},
        "no-store",
    )
