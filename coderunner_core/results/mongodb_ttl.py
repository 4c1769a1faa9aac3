"""The TTL index: made when it is missing, changed in place when RESULT_TTL_DAYS has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

_COMMAND_NOT_FOUND = 59
_INDEX_NOT_FOUND = 27
_NAMESPACE_NOT_FOUND = 26


async def set_ttl_index(database: AsyncDatabase[dict[str, Any]], collection: str, field: str, ttl: timedelta) -> None:
    """Have the server delete documents ``ttl`` after the moment in ``field``. Documents without it are kept.

    Safe to call from several processes at once: each brings the index to the same state.
    """
    wanted_s = int(ttl.total_seconds())
    name = f"{field}_ttl"
    bodies = database[collection]
    try:
        indexes = {one["name"]: one async for one in await bodies.list_indexes()}
    except OperationFailure as error:
        if error.code != _NAMESPACE_NOT_FOUND:  # an empty database: creating the index makes the collection
            raise
        indexes = {}
    if name in indexes:
        if indexes[name].get("expireAfterSeconds") == wanted_s:
            return
        try:
            await database.command("collMod", collection, index={"name": name, "expireAfterSeconds": wanted_s})
            return
        except OperationFailure as error:
            if error.code != _COMMAND_NOT_FOUND:
                raise
        # A server that speaks MongoDB's protocol without this command (some managed ones): make the index anew.
        try:
            await bodies.drop_index(name)
        except OperationFailure as error:
            if error.code != _INDEX_NOT_FOUND:  # another process was faster
                raise
    await bodies.create_index(field, name=name, expireAfterSeconds=wanted_s)
