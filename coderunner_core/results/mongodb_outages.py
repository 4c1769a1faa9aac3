"""Tells a MongoDB that is away from one that said no, in the words that every store has for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import ConnectionFailure, ExecutionTimeout, PyMongoError, WTimeoutError

from coderunner_core.errors import StoreAway

# Servers that restart, step down or have no room answer some commands before they hang up.
_ANSWERS_OF_ONE_THAT_GOES = {91, 11600, 11602, 14031}


@contextmanager
def outages_as_store_away() -> Iterator[None]:
    """Raise StoreAway for a server that cannot be reached, does not answer in time, or is going down.

    Whatever else it answers (a refused password, a command that is not known) goes on as it is.
    """
    try:
        yield
    except PyMongoError as error:
        gone = isinstance(error, (ConnectionFailure, ExecutionTimeout, WTimeoutError)) or error.timeout
        if gone or getattr(error, "code", None) in _ANSWERS_OF_ONE_THAT_GOES:
            raise StoreAway from error
        raise
