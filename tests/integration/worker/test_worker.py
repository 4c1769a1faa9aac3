"""From the queue to the verdict, through real processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import docker
import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import RunKind
from coderunner_core.core import Core
from coderunner_core.services.learning import progress
from coderunner_core.services.running import runs
from coderunner_core.services.views import RunView
from coderunner_core.settings import Settings
from tests.eventually import WITHIN_S, eventually

Start = Callable[..., "subprocess.Popen[bytes]"]
COUNTDOWN = Path("curriculum").glob("*/*/countdown/solution.py")
STUBBORN = """
import signal, time
for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(one, signal.SIG_IGN)
print("begun", flush=True)
while True:
    try:
        time.sleep(1)
    except BaseException:
        pass
"""
ENDLESS = "import time\nprint('begun', flush=True)\nwhile True: time.sleep(0.05)\n"


async def press(core: Core, ada: Actor, source: str, kind: RunKind = RunKind.RUN, stdin: str = "") -> RunView:
    return await runs.submit(ada, core, "countdown", kind, source, stdin)


async def finished(core: Core, ada: Actor, run: RunView) -> RunView:
    async def look() -> RunView | None:
        seen = await runs.view(ada, core, run.id)
        return seen if seen.status == "finished" else None

    seen = await eventually(look)
    assert isinstance(seen, RunView)
    return seen


async def begun(core: Core, ada: Actor, run: RunView) -> None:
    """Until its first output is there."""

    async def look() -> bool:
        return any("begun" in chunk.text for chunk in (await runs.view(ada, core, run.id)).chunks)

    await eventually(look)


async def test_a_run_reads_its_input_and_its_output_arrives(core: Core, ada: Actor, start_worker: Start) -> None:
    """As a stream while it runs, and as a whole afterwards."""
    start_worker("start")
    seen = await finished(core, ada, await press(core, ada, "print(input()[::-1])", stdin="hello\n"))
    assert (seen.outcome, seen.stdout, seen.exit_code) == ("ok", "olleh\n", 0)
    assert "".join(chunk.text for chunk in seen.chunks) == "olleh\n"


async def test_a_submission_is_graded_and_counted(core: Core, ada: Actor, start_worker: Start) -> None:
    """Wrong first, right then: two tries, solved."""
    start_worker("start")
    wrong = await finished(core, ada, await press(core, ada, "print('Lift off!')", RunKind.SUBMIT))
    right = await finished(core, ada, await press(core, ada, next(COUNTDOWN).read_text(), RunKind.SUBMIT))
    assert (wrong.outcome, right.outcome, right.score) == ("wrong_answer", "accepted", 100)
    mine = (await progress.for_user(ada, core))["countdown"]
    assert (mine.status, mine.attempts, mine.best_score) == ("solved", 2, 100)


async def test_stop_ends_a_running_program(core: Core, ada: Actor, start_worker: Start) -> None:
    """Within a second, again and again, also one that does not want to; what it said is kept."""
    start_worker("start")
    took_s = []
    for source in (ENDLESS, STUBBORN, ENDLESS):
        run = await press(core, ada, source)
        await begun(core, ada, run)
        asked = time.monotonic()
        await runs.cancel(ada, core, run.id)
        seen = await finished(core, ada, run)
        took_s.append(time.monotonic() - asked)
        assert (seen.outcome, seen.stdout, seen.wall_ms < 4_000) == ("cancelled", "begun\n", True)
    assert min(took_s) < 1  # on a busy machine not each of them is


async def test_a_killed_worker_leaves_one_verdict(core: Core, ada: Actor, start_worker: Start) -> None:
    """Its run is taken up by the next process and ends once."""
    start_worker("start")
    run = await press(core, ada, "print('begun', flush=True)\nimport time\ntime.sleep(1.5)\nprint('done')")
    await begun(core, ada, run)
    async with core.database.reading() as session:
        from coderunner_core.models import Run

        row = await session.get(Run, run.id)
        assert row is not None
    os.kill(_pid_of(row.worker), signal.SIGKILL)
    seen = await finished(core, ada, run)
    assert (seen.outcome, seen.stdout) == ("ok", "begun\ndone\n")


async def test_sigterm_finishes_the_program_in_hand_and_leaves_no_container(
    core: Core, ada: Actor, settings: Settings, start_worker: Start
) -> None:
    """Exit code 0; what still waited is there for the next worker."""
    supervisor = start_worker("start")
    first = await press(core, ada, "print('begun', flush=True)\nimport time\ntime.sleep(1.5)\nprint('done')")
    second = await press(core, ada, "print('second')")
    await begun(core, ada, first)
    supervisor.terminate()
    assert supervisor.wait(WITHIN_S) == 0
    assert (await runs.view(ada, core, first.id)).stdout == "begun\ndone\n"
    assert (await runs.view(ada, core, second.id)).status == "pending"
    assert _containers(settings) == []


async def test_runs_that_waited_are_done_when_a_worker_comes(core: Core, ada: Actor, start_worker: Start) -> None:
    """The queue buffers."""
    waiting = [await press(core, ada, f"print({n})") for n in range(5)]
    start_worker("start")
    assert [(await finished(core, ada, run)).stdout for run in waiting] == [f"{n}\n" for n in range(5)]


def _pid_of(worker: str) -> int:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and worker.encode() in _command_line(folder):
            return int(folder.name)
    raise AssertionError(f"no process of {worker}")


def _command_line(folder: Path) -> list[bytes]:
    try:
        return (folder / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def _containers(settings: Settings) -> list[str]:
    client = docker.from_env()
    try:
        return [
            container.name
            for container in client.containers.list(all=True)
            if settings.sandbox_label in " ".join([*container.labels, *container.labels.values()])
        ]
    finally:
        client.close()


@pytest.mark.parametrize("after_s", [0.3, 0.8, 1.2, 1.6, 2.0])
async def test_a_worker_that_is_stopped_while_it_starts_leaves_no_container(
    settings: Settings, core: Core, start_worker: Start, after_s: float
) -> None:
    """Whatever it was doing at that moment."""
    process = start_worker("process", "run", "early")
    await asyncio.sleep(after_s)  # the moment of the signal is what is tried here
    process.terminate()
    code = process.wait(WITHIN_S)
    assert code in (0, -signal.SIGTERM)  # the latter when Python itself was still starting, on a busy machine
    assert _containers(settings) == []
