"""The TTL index follows RESULT_TTL_DAYS; what is sent to MongoDB, since no stand-in knows these commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import pytest
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

from coderunner_core.results.mongodb_ttl import set_ttl_index

DAY_S = 86_400


class FakeBodies:
    """A collection's indexes, as far as they are asked about."""

    def __init__(self, indexes: dict[str, int]) -> None:
        self.indexes = indexes

    async def list_indexes(self) -> AsyncIterator[dict[str, Any]]:
        async def each() -> AsyncIterator[dict[str, Any]]:
            yield {"name": "_id_", "key": {"_id": 1}}
            for name, seconds in self.indexes.items():
                yield {"name": name, "expireAfterSeconds": seconds}

        return each()

    async def create_index(self, field: str, *, name: str, expireAfterSeconds: int) -> None:
        self.indexes[name] = expireAfterSeconds

    async def drop_index(self, name: str) -> None:
        del self.indexes[name]


class FakeServer:
    """A database whose server knows collMod, or refuses it with a code."""

    def __init__(self, indexes: dict[str, int], refuses_with: int = 0) -> None:
        self.bodies, self.refuses_with = FakeBodies(indexes), refuses_with
        self.commands: list[tuple[str, str, dict[str, Any]]] = []

    def __getitem__(self, name: str) -> FakeBodies:
        return self.bodies

    async def command(self, name: str, collection: str, *, index: dict[str, Any]) -> None:
        self.commands.append((name, collection, index))
        if self.refuses_with:
            raise OperationFailure("refused", self.refuses_with)
        self.bodies.indexes[index["name"]] = index["expireAfterSeconds"]


async def set_days(server: FakeServer, days: int) -> None:
    await set_ttl_index(cast("AsyncDatabase[dict[str, Any]]", server), "bodies", "at", timedelta(days=days))


async def test_the_first_start_makes_the_index() -> None:
    """With the days of the setting, in seconds."""
    server = FakeServer({})
    await set_days(server, 7)
    assert (server.bodies.indexes, server.commands) == ({"at_ttl": 7 * DAY_S}, [])


async def test_a_start_with_the_same_setting_changes_nothing() -> None:
    """However many processes start."""
    server = FakeServer({"at_ttl": 7 * DAY_S})
    await set_days(server, 7)
    assert server.commands == []


async def test_another_setting_changes_the_index_in_place() -> None:
    """No index is dropped, nothing is built anew."""
    server = FakeServer({"at_ttl": 7 * DAY_S})
    await set_days(server, 30)
    assert server.commands == [("collMod", "bodies", {"name": "at_ttl", "expireAfterSeconds": 30 * DAY_S})]
    assert server.bodies.indexes == {"at_ttl": 30 * DAY_S}


async def test_a_server_without_that_command_gets_the_index_anew() -> None:
    """As some that only speak MongoDB's protocol do."""
    server = FakeServer({"at_ttl": 7 * DAY_S}, refuses_with=59)
    await set_days(server, 30)
    assert server.bodies.indexes == {"at_ttl": 30 * DAY_S}


async def test_a_refusal_is_not_passed_over() -> None:
    """An account that may not change indexes: the start says so, and the old index stays."""
    server = FakeServer({"at_ttl": 7 * DAY_S}, refuses_with=13)
    with pytest.raises(OperationFailure):
        await set_days(server, 30)
    assert server.bodies.indexes == {"at_ttl": 7 * DAY_S}
