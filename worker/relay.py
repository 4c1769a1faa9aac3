"""Carries a program's output to the event stream: at once when quiet, gathered when it floods, always in order."""

from __future__ import annotations

import codecs
import logging
import threading
from typing import Protocol

from redis.exceptions import RedisError

from coderunner_core.contract import Stream
from coderunner_core.events import SEQ_PER_ATTEMPT, Chunk

log = logging.getLogger(__name__)

GATHER_S = 0.02  # a flood costs at most fifty messages a second; a reader sees no difference


class Writer(Protocol):
    """Where chunks go."""

    def write(self, user_id: int, chunks: list[Chunk]) -> None:
        """Remember the chunks and send them on."""


class OutputRelay:
    """Takes bytes from the sandbox's loop without making it wait, and writes them as numbered text chunks.

    Use as a context manager: what is left is written when the block ends, before the verdict is announced.
    """

    def __init__(self, writer: Writer, user_id: int, run_id: str, attempt: int) -> None:
        self._writer, self._user_id, self._run_id = writer, user_id, run_id
        self._seq = attempt * SEQ_PER_ATTEMPT
        self._decoders = {one: codecs.getincrementaldecoder("utf-8")("replace") for one in Stream}
        self._pending: list[tuple[Stream, bytes]] = []
        self._wake = threading.Condition()
        self._closing = False
        self._lost = False
        self._thread = threading.Thread(target=self._carry, name=f"relay-{run_id[:8]}", daemon=True)

    def __enter__(self) -> OutputRelay:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def push(self, stream: Stream, chunk: bytes) -> None:
        """Take a piece of output; never waits for the network."""
        with self._wake:
            self._pending.append((stream, chunk))
            self._wake.notify()

    def _carry(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._pending or self._closing)
                taken, self._pending = self._pending, []
                closing = self._closing
            self._write(taken, last=closing)
            if closing:
                return
            with self._wake:
                self._wake.wait_for(lambda: self._closing, timeout=GATHER_S)

    def _write(self, taken: list[tuple[Stream, bytes]], *, last: bool) -> None:
        chunks = self._as_chunks(taken, last=last)
        if not chunks or self._lost:
            return
        try:
            self._writer.write(self._user_id, chunks)
        except RedisError:
            # The whole output is in the verdict; only its live view is lost.
            self._lost = True
            log.warning("live output lost", extra={"job_id": self._run_id}, exc_info=True)

    def _as_chunks(self, taken: list[tuple[Stream, bytes]], *, last: bool) -> list[Chunk]:
        texts: list[tuple[Stream, str]] = []
        for stream, data in taken:
            text = self._decoders[stream].decode(data)
            if texts and texts[-1][0] is stream:
                texts[-1] = (stream, texts[-1][1] + text)
            elif text:
                texts.append((stream, text))
        if last:
            texts += [(stream, rest) for stream in Stream if (rest := self._decoders[stream].decode(b"", final=True))]
        chunks = []
        for stream, text in texts:
            if text:
                self._seq += 1
                chunks.append(Chunk(self._run_id, self._seq, stream, text))
        return chunks
