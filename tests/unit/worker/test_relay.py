"""Output reaches the stream in order, whole, and in few messages."""

from __future__ import annotations

import threading

from redis.exceptions import ConnectionError as RedisConnectionError

from coderunner_core.contract import Stream
from coderunner_core.events import SEQ_PER_ATTEMPT, Chunk
from worker.relay import OutputRelay

OUT, ERR = Stream.STDOUT, Stream.STDERR


class ListWriter:
    """Keeps what is written; can hold the relay up, or fail."""

    def __init__(self) -> None:
        self.batches: list[list[Chunk]] = []
        self.first = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.broken = False

    def write(self, user_id: int, chunks: list[Chunk]) -> None:
        self.first.set()
        assert self.go_on.wait(10)
        self.batches.append(chunks)
        if self.broken:
            raise RedisConnectionError

    @property
    def chunks(self) -> list[Chunk]:
        return [chunk for batch in self.batches for chunk in batch]


def relay(writer: ListWriter, attempt: int = 1) -> OutputRelay:
    return OutputRelay(writer, user_id=7, run_id="r1", attempt=attempt)


def test_both_streams_keep_their_order_and_numbers_grow() -> None:
    """What was written first is first, whichever stream."""
    writer = ListWriter()
    with relay(writer) as carrier:
        for stream, data in ((OUT, b"one\n"), (ERR, b"two\n"), (OUT, b"three\n")):
            carrier.push(stream, data)
    assert [(c.stream, c.text) for c in writer.chunks] == [(OUT, "one\n"), (ERR, "two\n"), (OUT, "three\n")]
    numbers = [c.seq for c in writer.chunks]
    assert numbers == sorted(set(numbers))


def test_a_flood_is_gathered_while_a_message_is_on_its_way() -> None:
    """A thousand writes during one slow message become one more message."""
    writer = ListWriter()
    with relay(writer) as carrier:
        writer.go_on.clear()
        carrier.push(OUT, b"first\n")
        assert writer.first.wait(10)
        for _ in range(1000):
            carrier.push(OUT, b"x\n")
        writer.go_on.set()
    assert len(writer.batches) == 2
    assert "".join(c.text for c in writer.chunks) == "first\n" + "x\n" * 1000


def test_a_character_that_is_cut_in_two_arrives_whole() -> None:
    """Bytes are put together before they become text."""
    writer = ListWriter()
    with relay(writer) as carrier:
        for byte in "né€😀".encode():
            carrier.push(OUT, bytes([byte]))
    assert "".join(c.text for c in writer.chunks) == "né€😀"


def test_bytes_that_are_not_text_are_replaced() -> None:
    """Also a character that never ends."""
    writer = ListWriter()
    with relay(writer) as carrier:
        carrier.push(OUT, b"a\xff\xe2\x82")
    assert "".join(c.text for c in writer.chunks) == "a\ufffd\ufffd"


def test_a_second_attempt_has_higher_numbers() -> None:
    """A page that saw part of the first drops nothing of the second."""
    writer = ListWriter()
    with relay(writer, attempt=2) as carrier:
        carrier.push(OUT, b"again\n")
    assert writer.chunks[0].seq > 2 * SEQ_PER_ATTEMPT - 1


def test_a_program_goes_on_when_its_live_output_cannot_be_sent() -> None:
    """Nothing is raised into the sandbox's loop, and the broken connection is not tried a thousand times."""
    writer = ListWriter()
    writer.broken = True
    with relay(writer) as carrier:
        carrier.push(OUT, b"one\n")
        assert writer.first.wait(10)
        for _ in range(100):
            carrier.push(OUT, b"more\n")
    assert len(writer.batches) == 1
