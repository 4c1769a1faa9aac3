"""What a log line says, and what an error report does not."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from coderunner_core import logs, reporting
from coderunner_core.settings import load_settings

PRODUCTION = {
    "coderunner_env": "production",
    "jwt_secret": "s" * 48,
    "database_url": "sqlite+aiosqlite:///x",
    "redis_url": "redis://r/0",
    "public_origin": "https://learn.example.org",
}


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """What a test configures ends with it."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


def test_production_logs_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With time, level, service and the ids that were given."""
    logs.configure("worker", load_settings(_env_file=None, **PRODUCTION))
    logging.getLogger("x").warning("run %s", "finished", extra={"job_id": "r1", "user_id": 7})
    line = json.loads(capsys.readouterr().err)
    assert (line["message"], line["level"], line["service"]) == ("run finished", "warning", "worker")
    assert (line["job_id"], line["user_id"]) == ("r1", 7)
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
    assert "boom" in written


def test_development_logs_are_for_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """Text, with the ids behind it."""
    logs.configure("web", load_settings(_env_file=None, jwt_secret="s" * 48))
    logging.getLogger("x").info("hello", extra={"job_id": "r1"})
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
    }
    sent = reporting._without_people(event, None)
    assert sent == {"message": "run failed", "tags": {"job_id": "r1"}}
