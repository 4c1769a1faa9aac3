"""What an operator types, as they type it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases


@pytest.fixture
def run(tmp_path: Path):
    """Runs a command of the core over a database of its own."""
    env = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": databases.url_for(tmp_path),
        "PATH": "/usr/bin:/bin",
        "CURRICULUM_DIR": str(Path("curriculum").resolve()),
    }

    def call(*words: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "coderunner_core", *words],
            input=stdin,
            env={**env, **more},
            text=True,
            capture_output=True,
            timeout=60,
        )

    assert call("db", "upgrade").returncode == 0
    return call


def test_an_admin_makes_a_teacher_and_finds_them_in_the_list(run) -> None:
    """The password comes from standard input, never from the command line."""
    made = run("users", "create", "Hopper", "--role", "teacher", "--password-stdin", stdin="correct horse\n")
    assert (made.returncode, made.stderr) == (0, "")
    assert "correct horse" not in made.stdout
    assert run("users", "list").stdout.split()[:2] == ["hopper", "teacher"]


def test_a_generated_password_is_printed_once(run) -> None:
    """It can be handed on, and it is nowhere else."""
    made = run("users", "create", "grace", "--generate")
    assert made.returncode == 0
    assert len(made.stdout.split("Password: ")[1].strip()) >= 12


def test_a_mistake_is_told_in_words_and_not_in_a_traceback(run) -> None:
    """Exit code 1, one message."""
    run("users", "create", "ada", "--password-stdin", stdin="correct horse\n")
    again = run("users", "create", "ADA", "--password-stdin", stdin="correct horse\n")
    assert (again.returncode, again.stderr.strip()) == (1, "That name is taken. Choose another one.")


def test_demo_accounts_are_made_once_and_printed_every_time(run) -> None:
    """A second start finds them."""
    first, second = run("demo"), run("demo")
    assert (first.returncode, first.stdout) == (0, second.stdout)
    assert "ada" in first.stdout
    assert "hopper" in first.stdout


def test_demo_accounts_are_refused_in_production(run, tmp_path: Path) -> None:
    """An account whose password everyone knows is an open door."""
    refused = run(
        "demo",
        CODERUNNER_ENV="production",
        JWT_SECRET="Qx7ZrLmNp3TvWyKs-HdFgJb2CuEi5RoA0",
        DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'coderunner.db'}",
        REDIS_URL="redis://127.0.0.1:1/0",
        RESULT_STORE="sql",
        PUBLIC_ORIGIN="https://learn.example.org",
    )
    assert refused.returncode == 1
    assert "production" in refused.stderr
