"""One program start, from the host's side: one poll loop, no thread, never longer than the hard limit and a grace."""

from __future__ import annotations

import json
import select
import time
from collections.abc import Callable

from coderunner_core.contract import Limits, Outcome, RunResult, Stream, UnitTestReport
from sandbox import policy
from sandbox.cancellation import Cancellation
from sandbox.container import Container, State
from sandbox.image.box import wire
from sandbox.outcome import Facts, classify

OnOutput = Callable[[Stream, bytes], None]
_STREAMS = {wire.STDOUT: Stream.STDOUT, wire.STDERR: Stream.STDERR}


class Silent(Exception):
    """The container ended, or said nothing for too long, before there was a result."""


class Conversation:
    """Tells a container what to run and listens until it knows the result."""

    def __init__(self, container: Container, request: bytes, limits: Limits, on_output: OnOutput | None) -> None:
        """Nothing is sent before ``result``."""
        self._container = container
        self._unsent = memoryview(request)
        self._limits = limits
        self._on_output = on_output
        self._output: dict[Stream, bytearray] = {Stream.STDOUT: bytearray(), Stream.STDERR: bytearray()}
        self._output_left = limits.output_bytes
        self._files: dict[str, bytes] = {}
        self._said = b""
        self.cancelled = False  # then the container may hold a CANCEL that nobody reads: it is not to be used again
        self._facts: Facts | None = None

    def result(self, cancel: Cancellation | None) -> RunResult:
        """What happened. Raises Silent when the container fell silent for a reason that it did not give."""
        self._container.begin()
        end = time.monotonic() + self._limits.wall_ms * policy.HARD_WALL_FACTOR / 1000 + policy.ANSWER_GRACE_S
        self._send()
        while True:
            if cancel is not None and cancel.is_set() and not self.cancelled:
                self.cancelled = True
                end = time.monotonic() + policy.CANCEL_GRACE_S
                self._unsent = memoryview(bytes(self._unsent) + wire.CANCEL)
            left_s = end - time.monotonic()
            if left_s <= 0:
                return self._without_result("it said nothing for too long")
            self._wait(left_s, cancel)
            for kind, payload in self._container.receive():
                self._take(kind, payload)
            if self._facts is not None:
                return self._assemble(classify(self._facts, self._said), self._facts)
            if self._container.state is not State.BUSY:
                return self._without_result("it ended")
            self._send()

    def _wait(self, left_s: float, cancel: Cancellation | None) -> None:
        poll = select.poll()
        poll.register(self._container, select.POLLIN | (select.POLLOUT if self._unsent else 0))
        if cancel is not None and not self.cancelled:
            poll.register(cancel, select.POLLIN)
        poll.poll(left_s * 1000)

    def _send(self) -> None:
        if self._unsent:
            self._unsent = self._unsent[self._container.send(self._unsent) :]

    def _take(self, kind: bytes, payload: bytes) -> None:
        stream = _STREAMS.get(kind)
        if stream is not None:
            self._output_left -= len(payload)
            if self._output_left < 0:
                raise Silent("it sent more output than its leader may pass on")
            self._output[stream] += payload
            if self._on_output is not None:
                self._on_output(stream, payload)
            return
        try:
            self._note(kind, payload)
        except (wire.BadFrame, KeyError, TypeError, ValueError) as error:
            raise Silent(f"it said what is not of the protocol: {error!r}") from error

    def _note(self, kind: bytes, payload: bytes) -> None:
        if kind == wire.VALUE:
            self._said = payload
        elif kind == wire.FILE:
            name, content = wire.split_file(payload)
            self._files[name] = content
        elif kind == wire.RESULT:
            self._facts = Facts.parse(json.loads(payload))

    def _without_result(self, why: str) -> RunResult:
        """The end without a RESULT, where its reason is known all the same."""
        if self.cancelled:
            return self._assemble(Outcome.CANCELLED, None)
        if self._container.last_words.get("oom_kills"):
            return self.out_of_memory()
        raise Silent(f"{why}; {self._container.last_words.get('reason', '')} {self._container.complaints!r}")

    def out_of_memory(self) -> RunResult:
        """The result when the kernel's out-of-memory killer took the container or the leader with the program."""
        return self._assemble(Outcome.MEMORY_LIMIT, None)

    def _assemble(self, outcome: Outcome, facts: Facts | None) -> RunResult:
        said = self._said[:1]
        ended = facts is not None and facts.ended == "exit"
        return RunResult(
            outcome=outcome,
            stdout=bytes(self._output[Stream.STDOUT]),
            stderr=bytes(self._output[Stream.STDERR]),
            exit_code=facts.exit_code if facts is not None and ended else None,
            cpu_ms=round(facts.cpu_us / 1000) if facts else 0,
            wall_ms=round(facts.wall_us / 1000) if facts else 0,
            waited_ms=round(facts.waited_us / 1000) if facts else 0,
            memory_kib=facts.peak_kib if facts else 0,
            truncated=facts is not None and facts.truncated,
            value_json=_json_text(self._said[1:]) if said == b"V" and outcome is Outcome.OK else None,
            files=self._files,
            unit_tests=_unit_tests(self._said[1:]) if said == b"T" and ended else (),
            detail=f"refused files: {facts.refused}" if facts and facts.refused else "",
        )


def _json_text(said: bytes) -> str | None:
    try:
        text = said.decode()
        json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return text


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _unit_tests(said: bytes) -> tuple[UnitTestReport, ...]:
    """The reports, or none at all when they are not what our harness writes."""
    try:
        return tuple(
            UnitTestReport(str(name), passed is True, str(message)) for name, passed, message in json.loads(said)
        )
    except (ValueError, TypeError, RecursionError):
        return ()
