"""Settings work at once or say everything that is wrong at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coderunner_core.errors import Misconfigured
from coderunner_core.settings import Settings, load_settings

GOOD_SECRET = "only the owner of this one knows it, nobody else"

NEEDED = ("JWT_SECRET", "DATABASE_URL", "PUBLIC_ORIGIN", "REDIS_URL", "RESULT_STORE")  # for production
PRODUCTION = {
    "coderunner_env": "production",
    "jwt_secret": GOOD_SECRET,
    "database_url": "postgresql+asyncpg://db/x",
    "redis_url": "redis://redis/0",
    "result_store": "sql",
    "public_origin": "https://learn.example.org",
}


def load(**values: object) -> Settings:
    return load_settings(_env_file=None, **values)


def test_an_embedded_installation_makes_its_own_secret_and_keeps_it(tmp_path: Path) -> None:
    """Every process of it signs with the same key, and only its owner can read the file."""
    first, second = load(data_dir=tmp_path), load(data_dir=tmp_path)
    assert len(first.jwt_secret.get_secret_value()) >= 32
    assert first.jwt_secret == second.jwt_secret
    assert (tmp_path / "jwt-secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["jwt-secret"]


def test_the_folder_of_an_embedded_installation_is_its_owners_alone(tmp_path: Path) -> None:
    """Its database holds the hashes of passwords and what students wrote."""
    load(data_dir=tmp_path / "data")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_production_lists_everything_that_is_missing_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """One look is enough."""
    for name in NEEDED:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Misconfigured) as refusal:
        load(coderunner_env="production")
    assert refusal.value.problems == [f"{name}: has no default in production" for name in NEEDED]


def test_what_cannot_be_read_is_listed_with_what_is_missing_and_what_is_weak() -> None:
    """A port that is no number does not hide a secret that is too short."""
    with pytest.raises(Misconfigured) as refusal:
        load(**{**PRODUCTION, "web_port": "eighty", "jwt_secret": "short", "database_url": "", "run_cpu_ms": -1})
    named = {problem.partition(":")[0] for problem in refusal.value.problems}
    assert named == {"WEB_PORT", "RUN_CPU_MS", "JWT_SECRET", "DATABASE_URL"}


@pytest.mark.parametrize("secret", ["short", "a" * 48, "changeme" * 8, f"{GOOD_SECRET}"[:31]])
@pytest.mark.parametrize("name", ["JWT_SECRET", "JWT_OLD_SECRETS"])
def test_a_weak_secret_is_refused_in_production(name: str, secret: str) -> None:
    """Too short, or of a few characters again and again; an old one signs no session, but opens the door as well."""
    with pytest.raises(Misconfigured) as refusal:
        load(**{**PRODUCTION, name.lower(): secret.replace(" ", "-")})
    assert {problem.partition(":")[0] for problem in refusal.value.problems} == {name}


def test_production_starts_when_all_is_there(tmp_path: Path) -> None:
    """And nothing is taken from a default."""
    settings = load(
        coderunner_env="production",
        jwt_secret=GOOD_SECRET,
        database_url="postgresql+asyncpg://db/x",
        redis_url="redis://redis/0",
        result_store="sql",
        public_origin="https://learn.example.org/",
    )
    assert (settings.origin, settings.secure_cookies) == ("https://learn.example.org", True)


def test_a_value_out_of_range_names_its_setting() -> None:
    """In the words of the environment."""
    with pytest.raises(Misconfigured, match="WEB_PORT"):
        load(web_port=99999)


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    """Neither in a log nor in a traceback."""
    assert GOOD_SECRET not in repr(load(jwt_secret=GOOD_SECRET))


def test_settings_cannot_be_changed_after_start() -> None:
    """What a process started with is what it works with."""
    with pytest.raises(ValueError, match="frozen"):
        load(jwt_secret=GOOD_SECRET).web_port = 1


@pytest.mark.parametrize(
    ("values", "there"),
    [({}, True), ({"enable_debug_routes": False}, False), (PRODUCTION, False),
     ({**PRODUCTION, "enable_debug_routes": False}, False)],
)  # fmt: skip
def test_debug_routes_are_there_in_development_only(values: dict[str, object], there: bool) -> None:
    """Unless they are switched off there, too."""
    assert load(**values).debug_routes is there


def test_debug_routes_in_production_are_refused_at_start() -> None:
    """Somebody who switched them on believes that they are there."""
    with pytest.raises(Misconfigured, match="ENABLE_DEBUG_ROUTES"):
        load(**{**PRODUCTION, "enable_debug_routes": True})


def test_a_database_url_that_cannot_work_is_named_without_its_password() -> None:
    """At the start, together with whatever else is wrong."""
    with pytest.raises(Misconfigured) as refusal:
        load_settings(_env_file=None, jwt_secret="s" * 48, database_url="mysql://ada:hunter2@db/school")
    assert "DATABASE_URL: begins with mysql://" in refusal.value.message
    assert "hunter2" not in refusal.value.message
