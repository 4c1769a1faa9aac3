"""A child process of ``make run``: its lines are passed on, and it ends in an orderly way or by force."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from scripts.run.child import Child

DEADLINE_S = 10
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
other = subprocess.Popen(["sleep", "600"])
print(other.pid, flush=True)
time.sleep(600)
"""
ORDERLY = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("bye", flush=True), sys.exit(0)))
print("up", flush=True)
time.sleep(600)
"""


async def wait_for_output(capsys: pytest.CaptureFixture[str], words: str) -> str:
    """Everything printed so far, once ``words`` are in it."""
    seen, deadline = "", time.monotonic() + DEADLINE_S
    while words not in seen:
        assert time.monotonic() < deadline, f"{words!r} never came: {seen!r}"
        seen += capsys.readouterr().out
        await asyncio.sleep(0.02)
    return seen


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_lines_are_passed_on_with_the_name(capsys: pytest.CaptureFixture[str]) -> None:
    """Who reads the terminal knows who speaks."""
    child = Child("web", [sys.executable, "-c", "print('one'); print('two')"], patience_s=5)
    await child.start()
    assert await child.ended() == 0
    assert capsys.readouterr().out == "web     | one\nweb     | two\n"


async def test_a_line_longer_than_the_buffer_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """A traceback with a large value in it must not end the log."""
    child = Child("web", [sys.executable, "-c", "print('x' * 200_000); print('end')"], patience_s=5)
    await child.start()
    await child.ended()
    assert capsys.readouterr().out.endswith("| end\n")


async def test_it_is_asked_to_stop_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Workers finish what they have."""
    child = Child("workers", [sys.executable, "-c", ORDERLY], patience_s=DEADLINE_S)
    await child.start()
    await wait_for_output(capsys, "up")
    assert await child.stop() == "stopped"
    assert "bye" in await wait_for_output(capsys, "bye")


async def test_what_does_not_stop_is_ended_with_its_children(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C leaves nothing behind."""
    child = Child("workers", [sys.executable, "-c", STUBBORN], patience_s=0.2)
    await child.start()
    grandchild = int((await wait_for_output(capsys, "\n")).split("|")[1])
    assert await child.stop() == "ended by force after 0 s"
    deadline = time.monotonic() + DEADLINE_S
    while is_running(grandchild):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def test_what_has_ended_is_left_alone() -> None:
    """Stopping twice is no error."""
    child = Child("web", [sys.executable, "-c", "raise SystemExit(3)"], patience_s=5)
    await child.start()
    assert await child.ended() == 3
    assert await child.stop() == "had ended"
