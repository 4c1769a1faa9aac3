"""One program start seen from the host, with the test as the container: every way that it can go."""

from __future__ import annotations

import json
import struct

import pytest

from coderunner_core.contract import Limits, Outcome, RunResult, Stream
from sandbox import Cancellation, policy
from sandbox.container import Container, State
from sandbox.conversation import Conversation, OnOutput, Silent
from sandbox.image.box import wire
from tests.unit.sandbox.conftest import Supervisor

Ends = tuple[Container, Supervisor]
_LIMITS = Limits(wall_ms=1_000, output_bytes=1_000)


def _talk(container: Container, on_output: OnOutput | None = None, cancel: Cancellation | None = None) -> RunResult:
    return Conversation(container, b"request", _LIMITS, on_output).result(cancel)


def test_the_container_hears_the_request_and_nothing_else(ends: Ends) -> None:
    """One request, byte for byte."""
    container, supervisor = ends
    supervisor.result()
    _talk(container)
    assert supervisor.sock.recv(100) == b"request"


def test_output_is_passed_on_in_order_and_kept(ends: Ends) -> None:
    """Both streams, as they came."""
    container, supervisor = ends
    supervisor.say(wire.frame(wire.STDOUT, b"one"), wire.frame(wire.STDERR, b"two"), wire.frame(wire.STDOUT, b"three"))
    supervisor.result()
    heard: list[tuple[Stream, bytes]] = []
    result = _talk(container, lambda stream, chunk: heard.append((stream, chunk)))
    assert heard == [(Stream.STDOUT, b"one"), (Stream.STDERR, b"two"), (Stream.STDOUT, b"three")]
    assert (result.stdout, result.stderr) == (b"onethree", b"two")


def test_the_figures_are_told_in_their_units(ends: Ends) -> None:
    """Microseconds inside, milliseconds outside."""
    container, supervisor = ends
    supervisor.result(cpu_us=12_400, wall_us=20_600, waited_us=3_000, peak_kib=11_000)
    result = _talk(container)
    assert (result.cpu_ms, result.wall_ms, result.waited_ms, result.memory_kib) == (12, 21, 3, 11_000)


@pytest.mark.parametrize(
    ("said", "expected"),
    [(b"V[1, 2]", "[1, 2]"), (b"Vnope", None), (b"VNaN", None), (b"V\xff", None), (b"", None), (b"T[]", None)],
)
def test_a_value_is_json_or_it_is_none(ends: Ends, said: bytes, expected: str | None) -> None:
    """What a called function returned is checked here once more: it came out of the student's process."""
    container, supervisor = ends
    if said:
        supervisor.say(wire.frame(wire.VALUE, said))
    supervisor.result()
    assert expected == _talk(container).value_json


@pytest.mark.parametrize("said", [b"Tnope", b"T[1]", b'T[["name"]]', b"T{}"])
def test_a_broken_test_report_is_no_report(ends: Ends, said: bytes) -> None:
    """All of it or nothing."""
    container, supervisor = ends
    supervisor.say(wire.frame(wire.VALUE, said))
    supervisor.result()
    assert _talk(container).unit_tests == ()


def test_files_are_handed_back_by_name(ends: Ends) -> None:
    """As the program left them."""
    container, supervisor = ends
    supervisor.say(wire.frame(wire.FILE, wire.file_payload("out.txt", b"text")))
    supervisor.result()
    assert _talk(container).files == {"out.txt": b"text"}


def test_a_program_that_was_stopped_has_no_exit_code(ends: Ends) -> None:
    """It never ended by itself."""
    container, supervisor = ends
    supervisor.result(ended="cpu", exit_code=-9)
    result = _talk(container)
    assert (result.outcome, result.exit_code) == (Outcome.TIME_LIMIT, None)


def test_a_container_that_ends_without_a_result_is_nobody_s_answer(ends: Ends) -> None:
    """Whose fault it is, is not known here."""
    container, supervisor = ends
    supervisor.say(wire.frame(wire.STDOUT, b"half an ans"))
    supervisor.hang_up()
    with pytest.raises(Silent):
        _talk(container)
    assert State.GONE is container.state


def _whole_talk() -> bytes:
    """Everything that a container may say in one start, up to the result and as Docker passes it on."""
    facts = {"ended": "exit", "exit_code": 0, "cpu_us": 1, "wall_us": 1, "waited_us": 0, "peak_kib": 1, "oom_kills": 0}
    said = [
        wire.frame(wire.STDOUT, b"ab"),
        wire.frame(wire.STDERR, b"c"),
        wire.frame(wire.VALUE, b"V1"),
        wire.frame(wire.FILE, wire.file_payload("out", b"d")),
        wire.frame(wire.RESULT, json.dumps(facts).encode()),
    ]
    return b"".join(struct.pack(">BxxxI", 1, len(frame)) + frame for frame in said)


@pytest.mark.parametrize("at", range(len(_whole_talk())))
def test_a_container_that_ends_at_any_byte_before_its_result_has_none(ends: Ends, at: int) -> None:
    """Half a result is no result, whatever came before it."""
    container, supervisor = ends
    supervisor.sock.sendall(_whole_talk()[:at])
    supervisor.hang_up()
    with pytest.raises(Silent):
        _talk(container)


def test_a_container_that_ends_right_after_its_result_has_one(ends: Ends) -> None:
    """Its end costs a container, and nobody's verdict."""
    container, supervisor = ends
    supervisor.sock.sendall(_whole_talk())
    supervisor.hang_up()
    result = _talk(container)
    assert (result.outcome, result.stdout, result.value_json, result.files) == (Outcome.OK, b"ab", "1", {"out": b"d"})


def test_a_leader_killed_for_memory_is_a_memory_limit(ends: Ends) -> None:
    """PID 1 says that the kernel killed for memory: the program's doing, even if its leader died with it."""
    container, supervisor = ends
    supervisor.say(wire.frame(wire.STDOUT, b"before"))
    supervisor.say(wire.frame(wire.DIRTY, json.dumps({"reason": "leader", "oom_kills": 1}).encode()))
    result = _talk(container)
    assert (result.outcome, result.stdout) == (Outcome.MEMORY_LIMIT, b"before")


def test_a_leader_that_died_of_anything_else_is_our_failure(ends: Ends) -> None:
    """And the reason is passed on."""
    container, supervisor = ends
    supervisor.say(wire.frame(wire.DIRTY, json.dumps({"reason": "wait status 9", "oom_kills": 0}).encode()))
    with pytest.raises(Silent, match="wait status 9"):
        _talk(container)


def test_silence_ends_after_the_hard_limit_and_a_grace(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never a hang, whatever the container does."""
    container, _ = ends
    monkeypatch.setattr(policy, "ANSWER_GRACE_S", 0.05)
    with pytest.raises(Silent, match="nothing for too long"):
        Conversation(container, b"request", Limits(wall_ms=10), None).result(None)


def test_a_cancellation_is_passed_on(ends: Ends) -> None:
    """One byte after the request."""
    container, supervisor = ends
    cancel = Cancellation()
    cancel.set()
    supervisor.result(ended="cancel", exit_code=-9)
    assert Outcome.CANCELLED is _talk(container, cancel=cancel).outcome


def test_a_cancellation_that_is_not_heard_ends_all_the_same(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    """The student does not wait for a container that does not listen."""
    container, supervisor = ends
    monkeypatch.setattr(policy, "CANCEL_GRACE_S", 0.05)
    cancel = Cancellation()
    cancel.set()
    assert Outcome.CANCELLED is _talk(container, cancel=cancel).outcome
    assert supervisor.sock.recv(100) == b"request" + wire.CANCEL


@pytest.mark.parametrize(
    "frame",
    [
        wire.frame(wire.RESULT, b"{}"),
        wire.frame(wire.RESULT, b"not JSON"),
        wire.frame(wire.FILE, b""),
        wire.frame(wire.STDOUT, b"x" * 1_001),
        b"?????",
    ],
    ids=["result without facts", "result that is no JSON", "file without name", "more than allowed", "no frame"],
)
def test_a_container_that_does_not_keep_to_the_protocol_is_not_believed(ends: Ends, frame: bytes) -> None:
    """Nothing it said counts."""
    container, supervisor = ends
    supervisor.say(frame)
    with pytest.raises(Silent):
        _talk(container)


def test_what_the_supervisor_writes_on_stderr_is_kept_for_operators(ends: Ends) -> None:
    """Its last words, if it breaks."""
    container, supervisor = ends
    supervisor.say(b"Traceback: something", stream=2)
    supervisor.hang_up()
    with pytest.raises(Silent, match="Traceback: something"):
        _talk(container)


def test_a_container_is_clean_only_when_it_says_so(ends: Ends) -> None:
    """After the result it is still busy with cleaning up."""
    container, supervisor = ends
    supervisor.result()
    _talk(container)
    assert (container.settled(), container.state) == (False, State.BUSY)
    supervisor.say(wire.frame(wire.CLEAN))
    assert (container.settled(), container.state) == (True, State.CLEAN)
