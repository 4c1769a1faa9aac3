"""Words, addresses, cookies, headers and limits: the parts that need no page."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import ASGIApp

from coderunner_app import cookies, words
from coderunner_app.http.headers import content_security_policy
from coderunner_app.http.pages import NotBuilt, Pages
from coderunner_app.http.request_id import RequestIds
from coderunner_app.origins import allowed_origins
from coderunner_app.socket_limits import BURST, EVENTS_PER_S, Bucket
from coderunner_core.contract import Outcome
from coderunner_core.services.views import QuotaView, RunView, TestView
from coderunner_core.settings import load_settings


async def _get(app: ASGIApp, path: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        return await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def _run(**changes: object) -> RunView:
    values = {"id": "r", "problem_id": "countdown", "kind": "run", "status": "finished", "outcome": "ok"}
    return RunView(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_ending_has_words_and_a_mark(outcome: Outcome) -> None:
    """A new ending without words fails here, not on a student's page."""
    shown = words.panel(_run(outcome=outcome.value))
    assert shown.label
    assert shown.mark
    test = TestView("Hidden 1", outcome.value, visible=False, wall_ms=1, cpu_ms=1, memory_kib=1)
    assert words.panel(_run(kind="submit", outcome="wrong_answer", tests=[test], score=0)).tests[0].label


def test_the_error_line_is_the_innermost_of_the_students_own() -> None:
    """Library lines are passed over."""
    errors = (
        "Traceback (most recent call last):\n"
        '  File "main.py", line 9, in <module>\n'
        '  File "main.py", line 3, in f\n'
        '  File "/usr/lib/python3.11/json/decoder.py", line 355, in decode\n'
        "ValueError: no\n"
    )
    marker = words.panel(_run(outcome="runtime_error", stderr=errors)).markers[0]
    assert (marker.line, marker.message) == (3, "ValueError: no")


NOBODY = "It waits: nobody is there to run it yet. It starts by itself"


@pytest.mark.parametrize(
    ("place", "wait_s", "said"),
    [
        (0, None, {"words": NOBODY, "wait_s": 0}),
        (0, 0.4, {"words": "Next in the queue", "wait_s": 0}),
        (1, 0.14, {"words": "1 program is ahead of yours", "wait_s": 0.1}),
        (3, 4.2, {"words": "3 programs are ahead of yours", "wait_s": 4.2}),
    ],
)
def test_a_waiting_run_says_its_place_and_the_wait(place: int, wait_s: float | None, said: dict[str, object]) -> None:
    """Without a worker it is not lost, and nobody has to press again."""
    assert words.waiting(place, wait_s) == said


@pytest.mark.parametrize(
    ("quota", "lines"),
    [
        (QuotaView(5, 46, 5, 50), ["5 runs left this minute, 46 today"]),
        (QuotaView(1, 1, 5, 50), ["1 run left today"]),
        (QuotaView(0, 9, 5, 50, 32), ["next run in 32 s, 9 runs left today"]),
        (QuotaView(0, 0, 5, 50, 7000), ["next run in 7000 s, no runs left today"]),
        (QuotaView(5, 46, 1, 40), ["5 runs left this minute, 46 today", "1 submission left this minute, 40 today"]),
    ],
)
def test_what_is_left_is_said_in_words(quota: QuotaView, lines: list[str]) -> None:
    """Before one runs into it."""
    parts = words.quota_left(quota)["parts"]
    assert isinstance(parts, list)
    assert [(f"{one['next']} {one['in_s']} s, " if one["next"] else "") + one["words"] for one in parts] == lines


def test_what_is_left_is_asked_for_again_when_the_first_of_it_changes() -> None:
    """And never, when nothing was used."""
    asked = [words.quota_left(QuotaView(3, 9, 5, 50, *more))["more_in_s"] for more in ((40, 12), (None, 12), ())]
    assert asked == [12, 12, 0]


def test_a_session_cookie_is_locked_down_behind_tls() -> None:
    """Host prefix, secure, HttpOnly."""
    settings = load_settings(public_origin="https://learn.example", jwt_secret="x" * 48, _env_file=None)
    response = Response()
    cookies.set_session(response, "token", settings)
    header = response.headers["set-cookie"]
    assert header.startswith("__Host-coderunner_session=token;")
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= {part.strip().lower() for part in header.split(";")}
    assert cookies.session_of("__Host-coderunner_session=token; other=1", settings) == "token"


@pytest.mark.parametrize("header", ["", "=;=", "a" * 5000, 'coderunner_session="', "coderunner_session"])
def test_a_broken_cookie_header_is_no_session(header: str) -> None:
    """And no error."""
    settings = load_settings(jwt_secret="x" * 48, _env_file=None, public_origin="")
    assert cookies.session_of(header, settings).strip('"') == ""


def test_a_machine_of_its_own_is_reached_by_both_of_its_names() -> None:
    """With a public address there is that one only."""
    assert len(allowed_origins(load_settings(jwt_secret="x" * 48, _env_file=None, public_origin=""))) == 2
    public = load_settings(jwt_secret="x" * 48, _env_file=None, public_origin="https://learn.example/")
    assert allowed_origins(public) == ["https://learn.example"]


def test_inline_scripts_are_allowed_by_their_hashes_only() -> None:
    """The well-known digest of a well-known script."""
    policy = content_security_policy("<script>alert('Hello, world.');</script>", ["http://localhost:8000"])
    assert "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='" in policy
    assert "connect-src 'self' ws://localhost:8000" in policy


def _build(folder: Path) -> Path:
    (folder / "assets").mkdir()
    for name in ("index.html", "sign-in.html", "404.html", "__spa-fallback.html"):
        (folder / name).write_text(f"<p>{name}</p>")
    (folder / "assets" / "a-1.js").write_text("1")
    return folder


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, "index.html"),
        ("/sign-in", 200, "sign-in.html"),
        ("/problem/countdown", 200, "__spa-fallback.html"),
        ("/problem/a/b", 404, "404.html"),
        ("/class/7", 200, "__spa-fallback.html"),
        ("/class/7/manage", 200, "__spa-fallback.html"),
        ("/class/7/nothing", 404, "404.html"),
        ("/nothing", 404, "404.html"),
        ("/404", 404, "404.html"),
        ("/assets/a-1.js", 200, "1"),
        ("/assets/b.js", 404, "Not found"),
    ],
)
async def test_pages_are_found_by_their_addresses(tmp_path: Path, path: str, status: int, body: str) -> None:
    """Each page at its own, problems and classes through the fallback, everything else not at all."""
    answer = await _get(Pages(_build(tmp_path), ["http://localhost:8000"]), path)
    assert answer.status_code == status
    assert body in answer.text


def test_without_a_build_nothing_starts(tmp_path: Path) -> None:
    """And the message says what to do."""
    with pytest.raises(NotBuilt, match="make setup"):
        Pages(tmp_path, [])


def test_a_bucket_lets_a_burst_pass_and_then_a_steady_flow() -> None:
    """What comes faster is dropped and counted."""
    bucket = Bucket(now=0.0)
    assert sum(bucket.take(0.0) for _ in range(1000)) == BURST
    assert bucket.dropped == 1000 - BURST
    assert sum(bucket.take(1.0) for _ in range(1000)) == EVENTS_PER_S


async def test_a_request_id_that_could_break_a_log_is_replaced() -> None:
    """Only harmless characters are taken over."""
    app = RequestIds(Starlette())
    assert (await _get(app, "/", x_request_id="trace-7")).headers["x-request-id"] == "trace-7"
    assert len((await _get(app, "/", x_request_id='x" y=1')).headers["x-request-id"]) == 32


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/curriculum", "GET /curriculum"),
        ("/x%0A2026-11-22 forged%1B[2J", "GET /x%0A2026-11-22%20forged%1B%5B2J"),
        ("/join/CDFG-HJKM", "GET /join/…"),
    ],
)
async def test_an_address_cannot_write_its_own_line_into_the_log(
    path: str, shown: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor speak to the terminal that shows it; and a code that lets in is not kept there."""
    with caplog.at_level("INFO", "coderunner_app.access"):
        await _get(RequestIds(Starlette()), path)
    assert [record.getMessage() for record in caplog.records if record.name == "coderunner_app.access"] == [shown]
