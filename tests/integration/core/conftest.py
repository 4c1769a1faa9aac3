"""What the tests against a real Redis share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from redis import Redis

from tests.servers import RedisServer


@pytest.fixture
def client(redis_server: RedisServer) -> Iterator[Redis]:
    """A Redis with nothing in it."""
    with Redis.from_url(redis_server.url) as opened:
        opened.flushall()
        yield opened
