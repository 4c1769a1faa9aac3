"""Tells a database that is away (stopped, locked, full, out of connections) from one that answered with an error."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from coderunner_core.errors import StoreAway

# SQLite's primary result codes for a statement that is wrong, rather than a file that cannot be used.
_SQLITE_ANSWERS = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG}
# PostgreSQL's SQLSTATEs: no connection, no room, shutting down or starting, disk, read-only, and time-outs.
_SQLSTATE_OUTAGES = ("08", "53", "57P", "58", "25006", "55P03", "57014")


def is_outage(error: BaseException) -> bool:
    """Whether the database could not be reached or used; False for whatever it answered."""
    if isinstance(error, (StoreAway, OSError, PoolTimeout)):  # drivers' time-outs and refused connections are OSErrors
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    said = error.orig if isinstance(error, DBAPIError) else error  # bare, when a new connection is being set up
    sqlite_code = getattr(said, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return sqlite_code & 0xFF not in _SQLITE_ANSWERS
    sqlstate = getattr(said, "sqlstate", None)
    if sqlstate:
        return str(sqlstate).startswith(_SQLSTATE_OUTAGES)
    return isinstance(error, (OperationalError, InterfaceError)) and not isinstance(said, sqlite3.Error)
