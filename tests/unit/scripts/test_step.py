"""Set-up says in a line what it does, and what a person has to do where it cannot."""

from __future__ import annotations

import re

import pytest

from scripts.setup.shell import run
from scripts.setup.step import NeedsHand, Step, perform


def test_each_step_is_one_line_with_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Who waits wants to know for what."""
    perform([Step("Redis", lambda: "there"), Step("Base image", lambda: "made")])
    assert re.findall(r"^  (\S.*?)  +(\w+) \(\d+\.\d s\)$", capsys.readouterr().out, re.MULTILINE) == [
        ("Redis", "there"),
        ("Base image", "made"),
    ]


def test_a_step_that_fails_stops_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    """What comes later needs it."""

    def refuse() -> str:
        raise NeedsHand("no root here", "sudo true")

    with pytest.raises(NeedsHand, match="no root here"):
        perform([Step("One", refuse), Step("Two", lambda: "there")])
    assert "Two" not in capsys.readouterr().out


def test_the_message_ends_with_the_command_to_run() -> None:
    """Whoever reads it can copy the last line."""
    error = NeedsHand("could not install x", "sudo apt-get install x", "E: no such package\n")
    assert str(error).splitlines() == [
        "could not install x",
        "  | E: no such package",
        "To do it by hand:",
        "  sudo apt-get install x",
    ]


def test_a_failing_program_is_quoted() -> None:
    """Its last words say more than its exit code."""
    with pytest.raises(NeedsHand, match="exit code 3") as refusal:
        run(["sh", "-c", "echo out; echo err >&2; exit 3"])
    assert refusal.value.details == "out\nerr\n"


def test_a_program_that_hangs_is_ended() -> None:
    """A registry that never answers must not hold the set-up for ever."""
    with pytest.raises(NeedsHand, match="no end after"):
        run(["sleep", "60"], timeout_s=0.05)


def test_a_missing_program_is_named() -> None:
    """It is what has to be installed."""
    with pytest.raises(NeedsHand, match="no-such-program is not installed"):
        run(["no-such-program"])
