"""What may stand in DATABASE_URL: the forms that hosts hand out, and plain words for the others."""

from __future__ import annotations

import ssl

import pytest

from coderunner_core import database_url


@pytest.mark.parametrize(
    "given",
    ["postgres://ada:p%40ss@db:5433/school", "postgresql://ada:p%40ss@db:5433/school"],
)
def test_the_forms_of_hosts_become_that_of_the_driver(given: str) -> None:
    """Heroku says postgres://, others postgresql://."""
    url = database_url.read(given).url
    assert (url.drivername, url.password, url.port) == ("postgresql+asyncpg", "p@ss", 5433)


def test_sqlite_needs_no_driver_named() -> None:
    """Three slashes are enough."""
    address = database_url.read("sqlite:///data/x.db")
    assert (address.url.drivername, address.is_sqlite) == ("sqlite+aiosqlite", True)


@pytest.mark.parametrize("mode", ["disable", "prefer", "require"])
def test_a_tls_mode_reaches_the_driver_under_its_own_name(mode: str) -> None:
    """Asyncpg calls it ssl."""
    address = database_url.read(f"postgresql://db/school?sslmode={mode}")
    assert (address.connect_args, dict(address.url.query)) == ({"ssl": mode}, {})


def test_verifying_modes_check_the_certificate() -> None:
    """verify-full the host's name too."""
    full = database_url.read("postgresql://db/school?sslmode=verify-full").connect_args["ssl"]
    chain = database_url.read("postgresql://db/school?sslmode=verify-ca").connect_args["ssl"]
    assert [(c.verify_mode, c.check_hostname) for c in (full, chain)] == [
        (ssl.CERT_REQUIRED, True),
        (ssl.CERT_REQUIRED, False),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nonsense", "not a URL"),
        ("mysql://db/school", "begins with mysql://"),
        ("postgresql+psycopg2://db/school", "begins with postgresql\\+psycopg2://"),
        ("postgresql://db", "names no database"),
        ("postgresql://db/school?sslmode=maybe", "sslmode=maybe; there is disable"),
        ("postgresql://db/school?connect_timeout=3", "connect_timeout after its"),
        ("postgresql://db/school?sslmode=verify-full&sslrootcert=/nowhere.pem", "no such file"),
        ("postgresql://db/school?sslmode=require&sslrootcert=/etc/hostname", "need sslmode=verify-full"),
    ],
)
def test_what_cannot_work_is_refused_in_words(given: str, said: str) -> None:
    """At the start, and not at the first query."""
    with pytest.raises(ValueError, match=said):
        database_url.read(given)


def test_a_refusal_quotes_no_password() -> None:
    """It ends up in logs."""
    with pytest.raises(ValueError, match="names no database") as refusal:
        database_url.read("postgresql://ada:hunter2@db")
    assert "hunter2" not in str(refusal.value)
