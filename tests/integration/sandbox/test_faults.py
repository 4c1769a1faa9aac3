"""The container, its leader, the engine or the connection dies at each step of a run: one clear end, never a hang."""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import socket
import tarfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coderunner_core.contract import Limits, Program
from sandbox import Sandbox, SandboxBroken, SandboxConfig, images, policy
from sandbox.engine import Engine

Eventually = Callable[[Callable[[], bool]], None]
_LIMITS = Limits(cpu_ms=2_000, wall_ms=5_000)
_PRINTS_AND_WAITS = "import time\nprint('started', flush=True)\ntime.sleep(30)"


@pytest.fixture
def own(config: SandboxConfig) -> SandboxConfig:
    """One container, so that it is known which one runs; a label that no other test's container has worn."""
    return replace(config, label=f"coderunner-test-faults-{os.getpid()}-{uuid.uuid4().hex[:8]}", pool_size=1)


@pytest.fixture
def sandbox(own: SandboxConfig) -> Iterator[Sandbox]:
    """Not the shared one: here containers are broken."""
    with Sandbox(own) as found:
        yield found


@pytest.fixture
def the_container(own: SandboxConfig, engine: Engine) -> Callable[[], str]:
    """The id of the one that is up."""

    def find() -> str:
        return next(str(c["Id"]) for c in engine.containers(own.label) if c["State"] == "running")

    return find


def _still_works(sandbox: Sandbox) -> bool:
    return sandbox.run(Program("print('fine')"), _LIMITS).stdout == b"fine\n"


def _host_pids(engine: Engine, container: str) -> list[int]:
    """Of PID 1, the leader and the program, in this order."""
    top = engine._client.api.top(container, ps_args="-o pid")
    return sorted(int(row[0]) for row in top["Processes"])


def test_a_container_killed_while_it_waits_costs_nobody_anything(
    sandbox: Sandbox, engine: Engine, the_container: Callable[[], str], eventually: Eventually
) -> None:
    """It is never handed out, once its end has come through."""
    engine._client.api.kill(the_container())
    eventually(lambda: sandbox.stats().ready == 0)
    assert _still_works(sandbox)


@pytest.mark.parametrize("source", ["raise SystemExit('no room')", "import os; os.kill(os.getpid(), 9)"])
def test_a_container_that_ends_before_it_is_ready_is_told_and_removed(
    own: SandboxConfig, engine: Engine, source: str
) -> None:
    """With what it said, if anything; nobody is handed it."""
    image = f"coderunner-test-ends-early-{uuid.uuid4().hex[:8]}"
    context = _image_of(f"FROM {images.resolve(engine, own.image)}\nCOPY start.py /opt/coderunner/start.py\n", source)
    try:
        list(engine.build(context, f"{image}:1", {}, {}))
        with pytest.raises(SandboxBroken, match="ended at its start"):
            Sandbox(replace(own, image=f"{image}:1"))
        assert engine.containers(own.label) == []
    finally:
        engine._client.images.remove(f"{image}:1")


def _image_of(dockerfile: str, start: str) -> io.BytesIO:
    context = io.BytesIO()
    with tarfile.open(fileobj=context, mode="w") as tar:
        for name, text in (("Dockerfile", dockerfile), ("start.py", start)):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    context.seek(0)
    return context


def test_a_container_killed_during_a_run_is_our_failure(
    sandbox: Sandbox, engine: Engine, the_container: Callable[[], str]
) -> None:
    """While output streams; the next run is fine."""
    with pytest.raises(SandboxBroken):
        sandbox.run(
            Program(_PRINTS_AND_WAITS), _LIMITS, lambda _stream, _chunk: engine._client.api.kill(the_container())
        )
    assert _still_works(sandbox)


def test_a_container_killed_before_the_first_output_is_our_failure(
    sandbox: Sandbox, engine: Engine, the_container: Callable[[], str]
) -> None:
    """While the program is silent."""
    threading.Timer(0.3, lambda: engine._client.api.kill(the_container())).start()
    with pytest.raises(SandboxBroken):
        sandbox.run(Program("import time; time.sleep(30)"), _LIMITS)
    assert _still_works(sandbox)


def test_a_container_killed_while_a_large_request_is_sent_is_our_failure(
    sandbox: Sandbox, engine: Engine, the_container: Callable[[], str], eventually: Eventually
) -> None:
    """Nobody reads the request, so that it stays half sent; then the container goes."""
    container = the_container()
    eventually(lambda: len(_host_pids(engine, container)) == 3)  # a leader that is forked later would not be stopped
    for pid in _host_pids(engine, container):
        os.kill(pid, signal.SIGSTOP)
    threading.Timer(0.3, lambda: engine._client.api.kill(container)).start()
    with pytest.raises(SandboxBroken):
        sandbox.run(Program("print(1)", b"x" * (8 << 20)), _LIMITS)
    assert _still_works(sandbox)


def test_a_container_killed_after_the_result_costs_nobody_anything(
    sandbox: Sandbox, engine: Engine, the_container: Callable[[], str], eventually: Eventually
) -> None:
    """While it cleans up."""
    container = the_container()
    assert _still_works(sandbox)
    engine._client.api.kill(container)
    eventually(lambda: sandbox.stats().ready == 0)
    assert _still_works(sandbox)


@pytest.mark.parametrize("which", [0, 1], ids=["supervisor", "leader"])
def test_a_trusted_process_that_dies_is_our_failure(
    sandbox: Sandbox, engine: Engine, the_container: Callable[[], str], which: int
) -> None:
    """PID 1 takes all with it; a leader's death is noticed by PID 1."""
    with pytest.raises(SandboxBroken):
        sandbox.run(
            Program(_PRINTS_AND_WAITS),
            _LIMITS,
            lambda _stream, _chunk: os.kill(_host_pids(engine, the_container())[which], signal.SIGKILL),
        )
    assert _still_works(sandbox)


@pytest.mark.parametrize("which", [0, 1], ids=["supervisor", "leader"])
def test_a_trusted_process_that_stands_still_does_not_hold_the_worker(
    sandbox: Sandbox,
    engine: Engine,
    the_container: Callable[[], str],
    which: int,
    monkeypatch: pytest.MonkeyPatch,
    eventually: Eventually,
) -> None:
    """After the hard limit and a grace the host ends it; with PID 1 it is noticed at the next turn."""
    container = the_container()
    eventually(lambda: len(_host_pids(engine, container)) == 3)
    monkeypatch.setattr(policy, "ANSWER_GRACE_S", 0.5)
    monkeypatch.setattr("sandbox.pool._CLEAN_S", 1.0)
    os.kill(_host_pids(engine, container)[which], signal.SIGSTOP)
    started = time.monotonic()
    with contextlib.suppress(SandboxBroken):
        sandbox.run(Program("print(1)"), Limits(wall_ms=300))
    with contextlib.suppress(SandboxBroken):
        sandbox.run(Program("print(1)"), _LIMITS)
    assert time.monotonic() - started < 12
    assert _still_works(sandbox)


def test_a_frozen_container_does_not_hold_the_worker(
    sandbox: Sandbox, engine: Engine, the_container: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up and removed, frozen as it is."""
    monkeypatch.setattr(policy, "ANSWER_GRACE_S", 0.5)
    engine._client.api.pause(the_container())
    with pytest.raises(SandboxBroken, match="nothing for too long"):
        sandbox.run(Program("print(1)"), Limits(wall_ms=300))
    assert _still_works(sandbox)


def test_an_exception_in_on_output_ends_the_run(sandbox: Sandbox) -> None:
    """The worker's own mistake, or its wish to stop: the container is not used again."""

    def fail(_stream: object, _chunk: bytes) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        sandbox.run(Program(_PRINTS_AND_WAITS), _LIMITS, fail)
    assert _still_works(sandbox)
    assert sandbox.stats().retired == {"interrupted": 1}


class _Proxy:
    """Stands between the sandbox and the engine, and can go away."""

    def __init__(self, path: Path) -> None:
        self.address = f"unix://{path}"
        self._path = path
        self._open: list[socket.socket] = []
        self.up()

    def up(self) -> None:
        self._path.unlink(missing_ok=True)
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(self._path))
        self._server.listen()
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def down(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._path.unlink(missing_ok=True)
        for sock in self._open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _accept(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near = server.accept()[0]
                far = socket.socket(socket.AF_UNIX)
                far.connect("/var/run/docker.sock")
                self._open += [near, far]
                threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError), near, far:
            while True:
                for sock in select.select([near, far], [], [])[0]:
                    data = sock.recv(1 << 16)
                    (far if sock is near else near).sendall(data)
                    if not data:
                        (far if sock is near else near).shutdown(socket.SHUT_WR)
                        if sock is far:
                            return


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[_Proxy]:
    """An engine that can be taken away without troubling anybody else's."""
    found = _Proxy(tmp_path / "docker.sock")
    yield found
    found.down()


def test_an_engine_that_goes_away_during_a_run_is_our_failure(
    proxy: _Proxy, own: SandboxConfig, eventually: Eventually
) -> None:
    """And when it is back, programs run again."""
    with Sandbox(replace(own, docker_host=proxy.address)) as sandbox:
        with pytest.raises(SandboxBroken):
            sandbox.run(Program(_PRINTS_AND_WAITS), _LIMITS, lambda _stream, _chunk: proxy.down())
        proxy.up()
        eventually(lambda: _works_again(sandbox))


def _works_again(sandbox: Sandbox) -> bool:
    try:
        return _still_works(sandbox)
    except SandboxBroken:
        return False


def test_an_engine_that_goes_away_between_runs_is_told_at_once(
    proxy: _Proxy, own: SandboxConfig, eventually: Eventually
) -> None:
    """With its name, not after a minute."""
    with Sandbox(replace(own, docker_host=proxy.address)) as sandbox:
        proxy.down()
        with pytest.raises(SandboxBroken):
            sandbox.run(Program("print(1)"), _LIMITS)
        started = time.monotonic()
        with pytest.raises(SandboxBroken):
            sandbox.run(Program("print(1)"), _LIMITS)
        assert time.monotonic() - started < 10
        proxy.up()
        eventually(lambda: _works_again(sandbox))


def test_an_engine_that_is_not_there_is_named(tmp_path: Path, own: SandboxConfig) -> None:
    """With what to look at."""
    with pytest.raises(SandboxBroken, match="Docker engine"):
        Sandbox(replace(own, docker_host=f"unix://{tmp_path}/absent.sock"))
