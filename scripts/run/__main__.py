"""``python -m scripts.run``: start everything, say where it is, and stop everything on Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time

from redis.asyncio import Redis

from coderunner_core.errors import CodeRunnerError
from coderunner_core.settings import Settings, load_settings
from scripts.run import ready
from scripts.run.child import Child, say
from scripts.run.redis_store import open_redis
from scripts.setup import docker_engine
from scripts.setup.place import ROOT

_READY_S = 120
_WEB_PATIENCE_S = 20
_WORKERS_PATIENCE_S = 75  # above what the supervisor itself gives its processes


class Stopped(Exception):
    """Somebody asked us to stop."""


class ChildDied(Exception):
    """A process that should run has ended."""


def main() -> int:
    """Run until stopped: 0 when somebody asked for it, 1 when something is wrong."""
    os.chdir(ROOT)
    try:
        asyncio.run(_run(load_settings()))
    except (Stopped, KeyboardInterrupt):
        return 0
    except ChildDied as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except CodeRunnerError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    finally:
        if docker_engine.started_by_us():
            say(f"Docker engine: {docker_engine.stop_ours()}")
    return 0


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    children: list[Child] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, _on_signal, stop, children)
    try:
        await _start(settings, children, stop)
        await _until_stopped_or_dead(children, stop)
    finally:
        for child in reversed(children):  # web, workers, Redis
            say(f"{child.name}: {await child.stop()}")


def _on_signal(stop: asyncio.Event, children: list[Child]) -> None:
    """The first Ctrl-C stops in order; a second one ends what is still there at once."""
    if not stop.is_set():
        say("\nStopping …")
        stop.set()
        return
    for child in children:
        child.kill()


async def _start(settings: Settings, children: list[Child], stop: asyncio.Event) -> None:
    """Start Redis, workers and web, in this order, and wait until they are of use."""
    begun = time.monotonic()
    ready.require_free_port(settings)
    if (server := await open_redis(settings)) is not None:
        children.append(server)
    logins = await asyncio.to_thread(_prepare_content, settings)
    if stop.is_set():
        raise Stopped
    redis: Redis = Redis.from_url(settings.redis_url, decode_responses=True)
    workers = Child("workers", [sys.executable, "-m", "worker", "start"], patience_s=_WORKERS_PATIENCE_S)
    web = Child("web", [sys.executable, "-m", "coderunner_app"], patience_s=_WEB_PATIENCE_S)
    for child in (workers, web):
        children.append(child)
        await child.start()
    waiting = asyncio.create_task(ready.wait_until_ready(settings, redis, workers.pid))
    watching = asyncio.create_task(_until_stopped_or_dead(children, stop))
    try:
        done, _ = await asyncio.wait({waiting, watching}, timeout=_READY_S, return_when=asyncio.FIRST_COMPLETED)
        if not done:
            raise ChildDied(f"Not ready after {_READY_S} s; the lines above say what web and workers were doing.")
        for task in done:
            task.result()
    finally:
        waiting.cancel()
        watching.cancel()
        await asyncio.gather(waiting, watching, return_exceptions=True)
        await redis.aclose()
    _say_where(settings, logins, time.monotonic() - begun)


def _prepare_content(settings: Settings) -> str:
    """Bring the database up to date and make the demo accounts; their logins, as lines."""
    _terminal("db", "upgrade")
    return "" if settings.coderunner_env == "production" else _terminal("demo")


def _terminal(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "coderunner_core", *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # a Ctrl-C at the terminal is ours to handle
    )
    if done.returncode != 0:
        raise ChildDied(f"python -m coderunner_core {' '.join(command)} failed:\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout


async def _until_stopped_or_dead(children: list[Child], stop: asyncio.Event) -> None:
    """Raises Stopped or ChildDied, whichever comes first."""
    stopping = asyncio.create_task(stop.wait())
    ends = {asyncio.create_task(child.ended()): child for child in children}
    try:
        done, _ = await asyncio.wait({stopping, *ends}, return_when=asyncio.FIRST_COMPLETED)
        if stopping in done:
            raise Stopped
        for task in done:
            raise ChildDied(f"{ends[task].name} ended by itself with exit code {task.result()}; stopping the others.")
    finally:
        for task in (stopping, *ends):
            task.cancel()
        await asyncio.gather(stopping, *ends, return_exceptions=True)


def _say_where(settings: Settings, logins: str, took_s: float) -> None:
    lines = ["", f"  Code Runner is ready ({took_s:.1f} s):  {settings.origin}", ""]
    lines += [f"    {line}" for line in logins.splitlines()]
    lines += ["", "  Ctrl-C stops it.", ""]
    say("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
