"""One child process: started out of the terminal's reach, its output passed on with a prefix, stopped with patience."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Mapping, Sequence

_COLOURS = {"web": "36", "workers": "35", "redis": "33"}
_WIDTH = 7


class Child:
    """A process that is started once and stopped once."""

    def __init__(self, name: str, command: Sequence[str], *, patience_s: float, env: Mapping[str, str] | None = None):
        self.name = name
        self._command = [*_die_with_us(), *command]
        self._patience_s = patience_s
        self._env = {**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})}
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Its process id. Raises RuntimeError before it was started."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._process.pid

    async def start(self) -> None:
        """Start it in a session of its own, so that a Ctrl-C reaches us alone and the order of stopping is ours."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            env=self._env,
            start_new_session=True,
        )
        if self._process.stdout is not None:
            self._reader = asyncio.create_task(self._pass_on(self._process.stdout))

    async def ended(self) -> int:
        """Wait until it ends by itself; its exit code, negative for a signal."""
        if self._process is None or self._reader is None:
            raise RuntimeError(f"{self.name} was not started")
        code = await self._process.wait()
        await asyncio.wait([self._reader], timeout=1)  # its last words; a grandchild may hold the pipe open
        return code

    async def stop(self) -> str:
        """Ask it to end, and after its patience end its whole process group; what happened, in words."""
        process = self._process
        if process is None or process.returncode is not None:
            return "had ended"
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), self._patience_s)
        except TimeoutError:
            self.kill()
            await process.wait()
            return f"ended by force after {self._patience_s:.0f} s"
        return "stopped"

    def kill(self) -> None:
        """End it and everything in its process group now."""
        if self._process is not None and self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    async def _pass_on(self, output: asyncio.StreamReader) -> None:
        prefix = _prefix(self.name)
        while line := await _line(output):
            say(prefix + line.decode(errors="replace").rstrip())


def say(line: str) -> None:
    """Print a line; a terminal that has gone away must not keep us from stopping what we started."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line, or what the buffer holds of one that is longer."""
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    except asyncio.LimitOverrunError as error:
        return await stream.read(error.consumed)


def _prefix(name: str) -> str:
    text = f"{name:<{_WIDTH}} | "
    return f"\033[{_COLOURS[name]}m{text}\033[0m" if sys.stdout.isatty() and name in _COLOURS else text


def _die_with_us() -> list[str]:
    """A wrapper that ends a child when we are killed and cannot stop it ourselves; empty where there is none."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
