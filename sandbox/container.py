"""One warm container, seen from the host: its start, its socket, and whether it is proven clean."""

from __future__ import annotations

import json
import random
import secrets
import select
import socket
import ssl
import struct
import time
from enum import StrEnum
from typing import Any

from sandbox import policy
from sandbox.config import SandboxConfig
from sandbox.engine import Engine
from sandbox.errors import SandboxBroken
from sandbox.image.box import wire

_HELLO_S = 30.0
_RECEIVE_BYTES = 1 << 18
_COMPLAINT_BYTES = 4096
_DOCKER_HEADER = struct.Struct(">BxxxI")  # stream number, length: Docker's own framing of the two output streams
_STDERR = 2
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class State(StrEnum):
    """Where a container is in its turn; only a CLEAN one may be given a program."""

    STARTING = "starting"
    CLEAN = "clean"
    BUSY = "busy"
    DIRTY = "dirty"  # it said so itself, and ends
    GONE = "gone"  # its socket is closed: it ended, or the engine did


class Container:
    """A container under our policy that serves program starts, one at a time."""

    def __init__(self, container_id: str, sock: socket.socket) -> None:
        """Wraps a created container and the socket attached to it."""
        self.id = container_id
        self.state = State.STARTING
        self.runs = 0
        self.rests_since = 0.0  # on the monotonic clock: when its last result was in
        self.hello: dict[str, Any] = {}
        self.last_words: dict[str, Any] = {}  # of a DIRTY one: reason, oom_kills
        self.complaints = b""  # what the supervisor wrote on its stderr: a traceback, if anything
        self._sock = sock
        self._sock.setblocking(False)
        self._raw = bytearray()
        self._frames = wire.Frames()

    @classmethod
    def start(cls, engine: Engine, config: SandboxConfig, image: str, labels: dict[str, str]) -> Container:
        """Starts one and waits until it is ready; raises SandboxBroken and leaves nothing behind when it is not."""
        body = policy.container(image, random.choice(policy.FIRST_UIDS), config.runtime, labels)  # noqa: S311
        name = f"{config.label}-{secrets.token_hex(6)}"
        container_id = engine.create(name, body)
        try:
            container = cls(container_id, engine.attach(container_id))
            engine.start(container_id)
            container._await_hello()
        except BaseException:
            engine.remove(container_id)
            raise
        return container

    def _await_hello(self) -> None:
        end = time.monotonic() + _HELLO_S
        while self.state is State.STARTING:
            left_s = end - time.monotonic()
            if left_s <= 0 or not select.select([self._sock], [], [], left_s)[0]:
                raise SandboxBroken(f"a container did not start within {_HELLO_S:.0f} s")
            self.receive()
        if self.state is not State.CLEAN:
            said = self.complaints.decode(errors="replace").strip() or "nothing"
            raise SandboxBroken(f"a container ended at its start; it said: {said}")
        if self.hello.get("protocol") != wire.PROTOCOL:
            raise SandboxBroken("the sandbox image speaks another protocol: run `make sandbox-image`")

    def fileno(self) -> int:
        """For poll()."""
        return self._sock.fileno()

    def begin(self) -> None:
        """Marks it as taken by one program start."""
        self.state = State.BUSY
        self.runs += 1

    def send(self, data: memoryview) -> int:
        """Sends what the socket takes now and returns how many bytes that was; an ended container takes none."""
        try:
            return self._sock.send(data)
        except _WOULD_BLOCK:
            return 0
        except OSError:
            self.state = State.GONE
            return 0

    def receive(self) -> list[tuple[bytes, bytes]]:
        """The frames that have arrived. Takes note of the container's own state: HELLO, CLEAN, DIRTY and its end."""
        found: list[tuple[bytes, bytes]] = []
        try:
            data = self._sock.recv(_RECEIVE_BYTES)
            while isinstance(self._sock, ssl.SSLSocket) and self._sock.pending():
                data += self._sock.recv(_RECEIVE_BYTES)  # poll() does not see what TLS has decoded already
        except _WOULD_BLOCK:
            return found
        except OSError:
            data = b""
        if not data:
            if self.state is not State.DIRTY:
                self.state = State.GONE
            return found
        try:
            found = self._frames.feed(self._unwrap(data))
            for kind, payload in found:
                self._note(kind, payload)
        except (wire.BadFrame, ValueError) as error:
            self.complaints += f"not of the protocol: {error}".encode()
            self.state = State.GONE
        return found

    def _unwrap(self, data: bytes) -> bytes:
        """Takes Docker's framing off; the supervisor's stderr goes to ``complaints``."""
        self._raw += data
        ours = bytearray()
        at = 0
        while len(self._raw) - at >= _DOCKER_HEADER.size:
            stream, length = _DOCKER_HEADER.unpack_from(self._raw, at)
            start = at + _DOCKER_HEADER.size
            if len(self._raw) < start + length:
                break
            piece = self._raw[start : start + length]
            if stream == _STDERR:
                self.complaints = (self.complaints + piece)[-_COMPLAINT_BYTES:]
            else:
                ours += piece
            at = start + length
        del self._raw[:at]
        return bytes(ours)

    def _note(self, kind: bytes, payload: bytes) -> None:
        if kind == wire.HELLO:
            self.hello = json.loads(payload)
            self.state = State.CLEAN
        elif kind == wire.CLEAN:
            self.state = State.CLEAN
        elif kind == wire.DIRTY:
            self.last_words = json.loads(payload)
            self.state = State.DIRTY

    def settled(self) -> bool:
        """Looks without waiting whether it has said how its last turn left it."""
        if self.state is State.BUSY or select.select([self._sock], [], [], 0)[0]:
            self.receive()
        return self.state is not State.BUSY

    def close(self) -> None:
        """Hangs up. A container whose worker hangs up ends itself."""
        self._sock.close()
