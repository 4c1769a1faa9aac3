"""What a log line says, and what an error report does not."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from granian.log import LogLevels, configure_logging
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from coderunner_core import logs, reporting
from coderunner_core.settings import load_settings
from tests.fakes import open_fake_core

PRODUCTION = {
    "coderunner_env": "production",
    "jwt_secret": "Qx7ZrLmNp3TvWyKs-HdFgJb2CuEi5RoA0",
    "database_url": "sqlite+aiosqlite:///x",
    "redis_url": "redis://r/0",
    "result_store": "sql",
    "public_origin": "https://learn.example.org",
}


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """What a test configures ends with it."""
    root = logging.getLogger()
    before, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    sys.excepthook = hook
    logging.captureWarnings(False)
    root.handlers[:] = before
    root.setLevel(level)


def test_production_logs_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With time, level, service and the ids that were given."""
    logs.configure("worker", load_settings(_env_file=None, **PRODUCTION))
    logging.getLogger("x").warning("run %s", "finished", extra={"job_id": "r1", "user_id": 7})
    line = json.loads(capsys.readouterr().err)
    assert (line["message"], line["level"], line["service"]) == ("run finished", "warning", "worker")
    assert (line["jobId"], line["userId"]) == ("r1", 7)
    assert line["timestamp"].endswith("Z")


def test_an_exception_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A collector that reads lines loses nothing of it."""
    logs.configure("worker", load_settings(_env_file=None, **PRODUCTION))
    try:
        raise ValueError("boom")
    except ValueError:
        logging.getLogger("x").exception("failed")
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert json.loads(written)["error"][0]["exc_type"] == "ValueError"


@pytest.mark.parametrize("environment", ["production", "development"])
def test_the_words_of_an_error_stay_only_where_they_quote_nothing(
    environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A driver that cannot connect is told in full; a ValueError often holds the value. Causes and groups, too."""
    logs.configure("worker", load_settings(_env_file=None, **{**PRODUCTION, "coderunner_env": environment}))
    try:
        try:
            raise ValueError("planted-value")
        except ValueError as cause:
            raise ExceptionGroup("planted-group", [OSError("no route to host"), KeyError("planted-key")]) from cause
    except ExceptionGroup:
        logging.getLogger("coderunner_core.x").exception("failed")
    written = capsys.readouterr().err
    kinds = ("ExceptionGroup" in written, "KeyError" in written, "ValueError" in written)
    assert (kinds, "no route to host" in written, "planted" in written) == ((True, True, True), True, False)


def test_what_reflex_quotes_is_not_passed_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Its errors hold the whole event: the program that somebody typed."""
    logs.configure("web", load_settings(_env_file=None, **PRODUCTION))
    logging.getLogger("reflex_base.event.processor").error("Error processing Event(payload={'source': 'planted'})")
    line = json.loads(capsys.readouterr().err)
    assert line["level"] == "error"
    assert "planted" not in json.dumps(line)


def test_development_logs_are_for_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """Text, with the ids behind it."""
    logs.configure("web", load_settings(_env_file=None, jwt_secret="s" * 48))
    logging.getLogger("coderunner_core.x").info("hello", extra={"job_id": "r1"})
    written = capsys.readouterr().err
    assert "hello" in written
    assert "job_id=r1" in written


def test_an_error_report_carries_ids_and_no_person() -> None:
    """Neither cookie nor program nor name leaves with it."""
    event = {
        "message": "run failed",
        "request": {"cookies": "coderunner_session=secret-token"},
        "user": {"name": "ada"},
        "breadcrumbs": {"values": ["print('secret')"]},
        "extra": {"job_id": "r1", "source": "print('secret')"},
        "exception": {"values": [{"type": "ValueError", "value": "invalid literal: 'secret'"}]},
    }
    sent = reporting._without_people(event, {})
    assert sent == {
        "message": "run failed",
        "tags": {"job_id": "r1"},
        "exception": {"values": [{"type": "ValueError"}]},
    }


def test_a_request_is_followed_by_its_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is logged while it is worked on carries them, and nothing after it does."""
    logs.configure("web", load_settings(_env_file=None, **PRODUCTION))
    log = logging.getLogger("coderunner_core.x")
    with logs.one_request("req-1"):
        logs.know(7)
        log.info("inside")
    log.info("outside")
    inside, outside = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (inside["requestId"], inside["userId"]) == ("req-1", 7)
    assert {"requestId", "userId"} & set(outside) == set()


@pytest.mark.parametrize("environment", ["production", "development"])
def test_a_traceback_holds_no_values(environment: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it went wrong, and not with which program or password."""
    logs.configure("web", load_settings(_env_file=None, **{**PRODUCTION, "coderunner_env": environment}))

    def sign_in(password: str) -> None:
        raise KeyError("name")

    try:
        sign_in("planted-" + "password")
    except KeyError:
        logging.getLogger("coderunner_core.x").exception("failed")
    written = capsys.readouterr().err
    assert "sign_in" in written
    assert "planted-password" not in written


def test_the_installations_own_secrets_are_cut_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A library that quotes an address, or a header with a token, gives nothing away."""
    planted = {
        "redis_url": "redis://:planted%2Fredis@r/0",
        "database_url": "postgresql+asyncpg://u:planted-db@h/x",
        "metrics_token": 'planted"token',
        "alert_health_urls": "http://web-1/health, http://u:planted-probe@web-2/health",
        "sentry_dsn": "https://planted-key@sentry.example.org/1",
        "jwt_old_secrets": "planted-old-q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6",
    }
    settings = load_settings(_env_file=None, **{**PRODUCTION, **planted})
    logs.configure("web", settings)
    for secret in (*planted.values(), "planted/redis", settings.jwt_secret.get_secret_value()):
        logging.getLogger("coderunner_core.x").warning("cannot use %s", secret)
    written = capsys.readouterr().err
    assert written.count("[secret]") == 8
    assert "planted" not in written


@pytest.mark.parametrize("environment", ["production", "development"])
def test_a_line_that_python_could_not_read_is_not_shown(environment: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A SyntaxError carries the very line; so do its words."""
    logs.configure("worker", load_settings(_env_file=None, **{**PRODUCTION, "coderunner_env": environment}))
    try:
        compile("planted = (", "main.py", "exec")
    except SyntaxError:
        logging.getLogger("worker.x").exception("failed")
    written = capsys.readouterr().err
    assert ("SyntaxError" in written, "planted" in written) == (True, False)


@pytest.mark.parametrize("environment", ["production", "development"])
def test_what_a_queue_says_of_a_failed_job_is_not_passed_on(
    environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """RQ puts arguments beside its line and the whole traceback, words included, into it; its ids are not ours."""
    logs.configure("worker", load_settings(_env_file=None, **{**PRODUCTION, "coderunner_env": environment}))
    with logs.one_request("req-1", job_id="r1"):
        logging.getLogger("rq.worker").error(
            "Worker w: job r1-1: exception raised while executing (f)\n%s",
            "ValueError: planted-words",
            extra={"arguments": ["planted-argument"], "kwargs": {"source": "planted"}, "job_id": "r1-1"},
        )
    written = capsys.readouterr().err
    assert ("req-1" in written, "r1-1" in written, "planted" in written) == (True, False, False)


@pytest.mark.parametrize("environment", ["production", "development"])
async def test_a_task_that_nobody_awaited_is_told_without_its_error_s_words(
    environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The loop prints the task, and with it the exception."""
    logs.configure("web", load_settings(_env_file=None, **{**PRODUCTION, "coderunner_env": environment}))

    async def fail() -> None:
        raise ValueError("planted")

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    gc.collect()
    written = capsys.readouterr().err
    assert ("ValueError" in written, "planted" in written) == (True, False)


@pytest.mark.parametrize("name", ["sqlalchemy.engine.Engine", "pymongo.command", "aiosqlite", "socketio", "rq.worker"])
def test_libraries_whisper_nothing_at_debug(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Their debug lines hold statements with parameters, commands and packets."""
    logs.configure("web", load_settings(_env_file=None, **PRODUCTION, log_level="DEBUG"))
    logging.getLogger(name).info("INSERT ... ('planted')")
    logging.getLogger(name).debug("INSERT ... ('planted')")
    logging.getLogger("coderunner_core.x").debug("ours")
    assert [json.loads(line)["message"] for line in capsys.readouterr().err.splitlines()] == ["ours"]


async def test_a_failed_statement_is_told_without_its_parameters(tmp_path: Path) -> None:
    """What a student typed is a parameter of nearly every statement."""
    async with open_fake_core(tmp_path) as core:
        with pytest.raises(DBAPIError) as failed:
            async with core.database.writing() as session:
                await session.execute(text("INSERT INTO nowhere VALUES (:source)"), {"source": "planted-source"})
    assert "planted-source" not in str(failed.value)


@pytest.mark.parametrize("environment", ["production", "development"])
def test_what_ends_a_process_is_a_line_like_any_other(environment: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Not a bare traceback that a collector takes for forty messages."""
    logs.configure("worker", load_settings(_env_file=None, **{**PRODUCTION, "coderunner_env": environment}))
    sys.excepthook(RuntimeError, RuntimeError("out of luck"), None)
    written = capsys.readouterr().err
    assert ("critical" in written, "out of luck" in written) == (True, True)


def test_the_web_server_speaks_as_we_do(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own process, which starts ours again when one died, has logging of its own."""
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name.upper(), value)
    config = json.loads((Path(__file__).parents[3] / "coderunner_app" / "granian_log.json").read_text())
    configure_logging(LogLevels.warning, config)
    logging.getLogger("_granian").error("worker-1 died")
    line = json.loads(capsys.readouterr().err)
    assert (line["service"], line["level"], line["message"]) == ("web", "error", "worker-1 died")
