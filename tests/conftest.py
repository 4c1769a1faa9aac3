"""Fixtures that more than one folder of tests needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import databases
from tests.servers import RedisServer, running_redis


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One real Redis for all tests of this process; each test that needs an empty one flushes it."""
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(autouse=True)
def databases_end_with_their_test() -> Iterator[None]:
    """Those of wider fixtures, which were there before this one, stay."""
    before = databases.given()
    yield
    databases.take_back_all_but(before)


@pytest.fixture(autouse=True, scope="session")
def database_server_ends_with_the_tests() -> Iterator[None]:
    """It is started by the first test that wants it, and never for SQLite."""
    yield
    databases.stop()
