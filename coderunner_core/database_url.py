"""Reads DATABASE_URL: the forms that hosts hand out, made fit for the async drivers, or a plain refusal."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_VERIFYING = ("verify-ca", "verify-full")
_SSL_FILES = ("sslrootcert", "sslcert", "sslkey")
_KNOWN = ("sslmode", "ssl", *_SSL_FILES, "application_name", "target_session_attrs")


@dataclass(frozen=True)
class Address:
    """Where the database is: the URL for SQLAlchemy, and what its driver's connect() needs besides."""

    url: URL
    connect_args: dict[str, Any] = field(default_factory=dict)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine."""
        return self.url.get_backend_name() == "sqlite"


def read(url: str) -> Address:
    """Read one of ``postgres://``, ``postgresql://`` and ``sqlite:///``, each also with its async driver named.

    Raises ValueError with one sentence that says what to change; it quotes neither name nor password.
    """
    try:
        given = make_url(url)
    except ArgumentError:
        raise ValueError("is not a URL such as postgresql://name:password@host:5432/database") from None
    driver = _DRIVERS.get(given.drivername)
    if driver is None:
        raise ValueError(f"begins with {given.drivername}://; use postgresql:// or sqlite:///")
    given = given.set(drivername=driver)
    if given.get_backend_name() == "sqlite":
        return Address(given)
    if not given.database:
        raise ValueError("names no database: postgresql://name:password@host:5432/database")
    query = {name: value if isinstance(value, str) else value[-1] for name, value in given.query.items()}
    unknown = sorted(set(query) - set(_KNOWN))
    if unknown:
        raise ValueError(
            f"has {', '.join(unknown)} after its “?”, which is not known here; there may be {', '.join(_KNOWN)}"
            " (time-outs and sizes are settings of their own: DB_…)"
        )
    return Address(given.set(query={}), _connect_args(query))


def _connect_args(query: dict[str, str]) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    mode = query.get("sslmode") or query.get("ssl") or ""
    mode = {"true": "require", "false": "disable"}.get(mode, mode)
    if mode and mode not in _SSL_MODES:
        raise ValueError(f"has sslmode={mode}; there is {', '.join(_SSL_MODES)}")
    files = {name: query[name] for name in _SSL_FILES if name in query}
    if mode in _VERIFYING or files:
        arguments["ssl"] = _ssl_context(mode or "verify-full", files)
    elif mode:
        arguments["ssl"] = mode
    if "application_name" in query:
        arguments["server_settings"] = {"application_name": query["application_name"]}
    if "target_session_attrs" in query:
        arguments["target_session_attrs"] = query["target_session_attrs"]
    return arguments


def _ssl_context(mode: str, files: dict[str, str]) -> ssl.SSLContext:
    """TLS that checks the certificate against ``sslrootcert``, or against the machine's authorities without one."""
    if mode not in _VERIFYING:
        raise ValueError(f"has sslmode={mode} with {', '.join(files)}; certificates need sslmode=verify-full")
    for name, path in files.items():
        if not Path(path).is_file():
            raise ValueError(f"has {name}={path}, and there is no such file")
    try:
        context = ssl.create_default_context(cafile=files.get("sslrootcert"))
        context.check_hostname = mode == "verify-full"
        if "sslcert" in files:
            context.load_cert_chain(files["sslcert"], files.get("sslkey"))
    except ssl.SSLError as error:
        raise ValueError(f"has certificates that cannot be read: {error.reason or error}") from None
    return context
