"""What leaves for Sentry, caught on this machine: where and when it failed, with ids, and nothing that anyone typed."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk

from coderunner_core import logs, reporting
from coderunner_core.settings import load_settings
from tests.receiver import Receiver, receiving


@pytest.fixture
def sentry() -> Iterator[Receiver]:
    """A receiver, and afterwards nobody who reports."""
    with receiving() as receiver:
        yield receiver
        sentry_sdk.get_client().close(timeout=1)
        sentry_sdk.init()


def events(receiver: Receiver, holding: str = "exception") -> list[dict[str, Any]]:
    """The error events among the envelopes."""
    sentry_sdk.flush(timeout=10)
    rows = [json.loads(line) for body in receiver.bodies for line in body.splitlines() if line.startswith(b"{")]
    return [row for row in rows if holding in row]


def fail(source: str, password: str) -> None:
    raise ValueError(f"cannot read {source}")


def test_an_error_is_reported_with_release_environment_and_ids_only(sentry: Receiver) -> None:
    """Through Sentry's own client, as in a running process."""
    settings = load_settings(
        _env_file=None,
        jwt_secret="s" * 48,
        sentry_dsn=f"http://key@127.0.0.1:{sentry.port}/1",
        release="abc123",
    )
    reporting.configure("worker", settings)
    with logs.one_request("req-1"):
        logs.know(7)
        try:
            fail("planted-source", "planted-password")
        except ValueError:
            logging.getLogger("coderunner_core.x").exception("run failed", extra={"job_id": "r1", "code": "planted"})
    (event,) = events(sentry)
    assert (event["release"], event["environment"], event["server_name"]) == ("abc123", "development", "worker")
    assert event["tags"] == {"request_id": "req-1", "user_id": 7, "job_id": "r1"}
    frames = event["exception"]["values"][0]["stacktrace"]["frames"]
    assert frames[-1]["function"] == "fail"
    # The lines of our own source around a frame are part of a report: here, of this very file.
    for frame in frames:
        for name in ("pre_context", "context_line", "post_context"):
            frame.pop(name, None)
    assert "planted" not in json.dumps(event)


@pytest.mark.parametrize(
    ("logger", "said"),
    [
        ("coderunner_core.x", "the store said %s"),
        ("reflex_base.event.processor", f"reflex_base.event.processor at {Path(__file__).name}"),
        ("asyncio", f"asyncio at {Path(__file__).name}"),
    ],
)
def test_a_line_without_an_error_is_reported_without_what_was_put_into_it(
    sentry: Receiver, logger: str, said: str
) -> None:
    """Our own words are constants; a library's may hold a whole event or a job's arguments, so of those the place."""
    dsn = f"http://key@127.0.0.1:{sentry.port}/1"
    reporting.configure("worker", load_settings(_env_file=None, jwt_secret="s" * 48, sentry_dsn=dsn))
    logging.getLogger(logger).error("the store said %s", "planted-words", extra={"arguments": ["planted-argument"]})
    (event,) = events(sentry, "logentry")
    assert (event["logentry"]["message"].startswith(said), "planted" in json.dumps(event)) == (True, False)


def test_without_a_dsn_nothing_leaves(sentry: Receiver) -> None:
    """The default."""
    reporting.configure("worker", load_settings(_env_file=None, jwt_secret="s" * 48))
    logging.getLogger("coderunner_core.x").error("run failed")
    assert events(sentry) == []
