"""Containers come, serve, are replaced and go; nothing is left, also when a worker dies."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from coderunner_core.contract import Limits, Outcome, Program
from sandbox import Sandbox, SandboxBroken, SandboxConfig, images
from sandbox.engine import Engine
from sandbox.owners import Owner
from sandbox.pool import sweep

Eventually = Callable[[Callable[[], bool]], None]
_LIMITS = Limits(cpu_ms=2_000, wall_ms=5_000)
_LEAVE = "open('/tmp/left', 'w').close()"


@pytest.fixture
def lonely(config: SandboxConfig, engine: Engine) -> Iterator[SandboxConfig]:
    """One container, under a label that no other test uses."""
    own = replace(config, label=f"coderunner-test-lifecycle-{os.getpid()}", pool_size=1)
    yield own
    assert engine.containers(own.label) == []


def _ids(engine: Engine, config: SandboxConfig) -> set[str]:
    return {container["Id"] for container in engine.containers(config.label)}


def test_one_container_serves_many_programs(lonely: SandboxConfig, engine: Engine) -> None:
    """As long as they end well, also by an exception."""
    with Sandbox(lonely) as sandbox:
        before = _ids(engine, lonely)
        for source in ("print(1)", "1 / 0", "def f(:", "import sys; sys.exit(2)", _LEAVE, "print(2)"):
            sandbox.run(Program(source), _LIMITS)
        assert _ids(engine, lonely) == before
        assert sandbox.stats().started == 1


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("while True: pass", Outcome.TIME_LIMIT),
        ("x = []\nwhile True: x.append(b'x' * 10**6 + b'')", Outcome.MEMORY_LIMIT),
        ("while True: print('x' * 1000)", Outcome.OUTPUT_LIMIT),
        ("import os; os.kill(os.getpid(), 11)", Outcome.RUNTIME_ERROR),
    ],
)
def test_a_program_that_ends_badly_costs_its_container(
    lonely: SandboxConfig, engine: Engine, source: str, outcome: Outcome
) -> None:
    """The next program runs in another one."""
    with Sandbox(lonely) as sandbox:
        before = _ids(engine, lonely)
        assert sandbox.run(Program(source), Limits(cpu_ms=300, wall_ms=5_000)).outcome is outcome
        assert sandbox.run(Program("print(1)"), _LIMITS).outcome is Outcome.OK
        assert sandbox.stats().retired == {outcome.value: 1}
        assert sandbox.stats().started == 2
        assert not before <= _ids(engine, lonely) or len(_ids(engine, lonely)) == 2


def test_a_container_serves_no_more_than_it_may(lonely: SandboxConfig) -> None:
    """One run each is single-use."""
    with Sandbox(replace(lonely, runs_per_container=1)) as sandbox:
        for _ in range(3):
            assert sandbox.run(Program("print(1)"), _LIMITS).stdout == b"1\n"
        assert sandbox.stats().retired == {"served enough": 3}


def test_the_pool_is_filled_ahead(lonely: SandboxConfig, eventually: Eventually) -> None:
    """By a thread, while programs run already."""
    with Sandbox(replace(lonely, pool_size=3)) as sandbox:
        eventually(lambda: sandbox.stats().ready == 3)
        assert sandbox.stats().started == 3


def test_containers_take_turns(lonely: SandboxConfig, eventually: Eventually) -> None:
    """The one that has rested longest is next, so that cleaning up is nobody's wait."""
    with Sandbox(replace(lonely, pool_size=3)) as sandbox:
        eventually(lambda: sandbox.stats().ready == 3)
        uids = []
        for _ in range(6):
            eventually(lambda: sandbox.stats().ready == 3)
            uids.append(int(sandbox.run(Program("import os; print(os.getuid())"), _LIMITS).stdout))
        assert [uid + 1 for uid in uids[:3]] == uids[3:]


def test_a_container_found_dirty_is_given_up(lonely: SandboxConfig, eventually: Eventually) -> None:
    """Folders nested deeper than the wipe goes: PID 1 sees that something is left, and ends."""
    deep = "import os\nfor _ in range(300):\n    os.mkdir('d')\n    os.chdir('d')"
    with Sandbox(lonely) as sandbox:
        assert sandbox.run(Program(deep), _LIMITS).outcome is Outcome.OK
        assert sandbox.run(Program("import os; print(os.listdir('/tmp'))"), _LIMITS).stdout == b"['work']\n"
        assert sandbox.stats().retired == {"dirty": 1}


def test_closing_removes_every_container_and_ends_what_runs(lonely: SandboxConfig, engine: Engine) -> None:
    """A closed sandbox runs nothing."""
    sandbox = Sandbox(lonely)
    with pytest.raises(SandboxBroken):
        sandbox.run(Program("print(1, flush=True)\nwhile True: pass"), _LIMITS, lambda _stream, _chunk: sandbox.close())
    assert engine.containers(lonely.label) == []
    with pytest.raises(SandboxBroken, match="closed"):
        sandbox.run(Program("print(1)"), _LIMITS)


def test_a_dead_worker_s_containers_end_themselves_and_are_swept(
    lonely: SandboxConfig, engine: Engine, eventually: Eventually
) -> None:
    """Killed in the middle of a run: nothing goes on, and the next worker clears up."""
    worker = textwrap.dedent(f"""
        from coderunner_core.contract import Limits, Program
        from sandbox import Sandbox, SandboxConfig
        sandbox = Sandbox(SandboxConfig(label={lonely.label!r}, pool_size=2))
        tell = lambda stream, chunk: print(chunk.decode(), flush=True)
        endless = Program("print('running', flush=True)\\nwhile True: pass")
        sandbox.run(endless, Limits(cpu_ms=60_000, wall_ms=60_000), tell)
    """)
    process = subprocess.Popen([sys.executable, "-c", worker], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    eventually(lambda: {c["State"] for c in engine.containers(lonely.label)} <= {"exited", "created"})
    assert sweep(engine, lonely.label) > 0


def test_a_living_worker_s_containers_are_left_alone(lonely: SandboxConfig, engine: Engine) -> None:
    """Whoever sweeps."""
    with Sandbox(lonely) as sandbox:
        assert sweep(engine, lonely.label) == 0
        assert sandbox.run(Program("print(1)"), _LIMITS).stdout == b"1\n"


def test_a_new_sandbox_clears_up_after_dead_ones(lonely: SandboxConfig, engine: Engine) -> None:
    """Before it starts its own."""
    nobody = replace(Owner.this_process(), pid=(1 << 22) + 1)
    image = images.resolve(engine, lonely.image)
    labels = {lonely.label: "sandbox", f"{lonely.label}.owner": str(nobody)}
    orphan = engine.create(f"coderunner-test-orphan-{os.getpid()}", {"Image": image, "Cmd": ["true"], "Labels": labels})
    with Sandbox(lonely):
        assert orphan not in _ids(engine, lonely)


def test_an_older_image_is_used_with_a_loud_warning(
    config: SandboxConfig, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Better an old sandbox than none; but nobody shall overlook it."""
    older = f"coderunner-test-older-{os.getpid()}"
    client = engine._client
    client.images.get(images.resolve(engine, config.image)).tag(older, "0.0.1")
    try:
        with caplog.at_level(logging.WARNING):
            assert images.resolve(engine, older) == f"{older}:0.0.1"
        assert "make sandbox-image" in caplog.text
    finally:
        client.images.remove(f"{older}:0.0.1")


def test_a_missing_image_names_the_command_that_makes_it(lonely: SandboxConfig) -> None:
    """For the operator who reads the log."""
    with pytest.raises(SandboxBroken, match="make sandbox-image"):
        Sandbox(replace(lonely, image="coderunner-test-absent"))
