"""Reads an attack program: what it is given and how it must end stand in TOML at the end of its docstring."""

from __future__ import annotations

import ast
import platform
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coderunner_core.contract import Call, Limits, Outcome, Program, RunResult

HERE = Path(__file__).parent

# Generous where the attack is not about time, so that a loaded machine does not change what is tested.
_DEFAULT_LIMITS = {"cpu_ms": 3_000, "wall_ms": 10_000}


@dataclass(frozen=True, slots=True)
class Given:
    """The ``[program]`` table: what the start is told besides the source."""

    source: str | None = None  # replaces the file's own text
    append: tuple[Mapping[str, Any], ...] = ()  # [{text, times}], put after the file's own text
    append_escaped: str = ""  # the same for text that TOML cannot hold, in Python's \u escapes
    stdin: str = ""
    stdin_repeat: int = 1
    stdin_hex: str = ""  # instead of stdin, for bytes that are no text
    call: str | None = None
    arguments_json: str = "[]"
    files: Mapping[str, str] = field(default_factory=dict)
    collect: tuple[str, ...] = ()
    test_source: str | None = None
    test_name: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """The ``[expect]`` table: how the start must end; what is left out is not looked at."""

    outcome: tuple[Outcome, ...] = (Outcome.OK,)  # more than one only where the race is the attack's own
    exit_code: int | None = None
    stdout: str | None = None
    stdout_hex: str | None = None
    stdout_bytes: int | None = None
    stdout_contains: tuple[str, ...] = ()
    stderr: str | None = None
    stderr_contains: tuple[str, ...] = ()
    never: tuple[str, ...] = ()  # in stdout, stderr and files
    truncated: bool | None = None
    max_wall_ms: int | None = None
    value_json: str | None = None
    value_never: tuple[str, ...] = ()
    no_value: bool = False
    no_passed_tests: bool = False
    files: Mapping[str, str] | None = None
    max_files_bytes: int | None = None
    container: str = "any"  # of a pair's first program: "same" container for the second, "new" or "any"


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack file, ready to be run."""

    path: Path
    program: Program
    limits: Limits
    expected: Expected
    only_on: str  # a machine architecture, or "" for all


def load(path: Path) -> Attack:
    """The attack in a file; raises ValueError or TypeError for a header with an unknown or missing word."""
    text = path.read_text(encoding="utf-8")
    header = _header(text)
    unknown = set(header) - {"program", "limits", "expect", "machine"}
    if unknown:
        raise ValueError(f"{path}: unknown tables {sorted(unknown)}")
    given = Given(**_with_tuples(header.get("program", {})))
    expect = _with_tuples(header.get("expect", {}))
    outcome = expect.pop("outcome", Outcome.OK)
    expect["outcome"] = tuple(Outcome(word) for word in ([outcome] if isinstance(outcome, str) else outcome))
    return Attack(
        path=path,
        program=_program(given, text),
        limits=Limits(**(_DEFAULT_LIMITS | header.get("limits", {}))),
        expected=Expected(**expect),
        only_on=header.get("machine", {}).get("only", ""),
    )


def runs_here(attack: Attack) -> bool:
    """Whether this machine's architecture is the one whose system call numbers the attack uses."""
    return attack.only_on in ("", platform.machine())


def complaints(expected: Expected, result: RunResult) -> list[str]:
    """Every way in which a result differs from what its attack must end in; empty when all is well."""
    told = [
        ("exit code", expected.exit_code, result.exit_code),
        ("stdout", None if expected.stdout is None else expected.stdout.encode(), result.stdout),
        ("stdout", None if expected.stdout_hex is None else bytes.fromhex(expected.stdout_hex), result.stdout),
        ("bytes of stdout", expected.stdout_bytes, len(result.stdout)),
        ("stderr", None if expected.stderr is None else expected.stderr.encode(), result.stderr),
        ("truncated", expected.truncated, result.truncated),
        ("value", expected.value_json, result.value_json),
        ("files", None if expected.files is None else _encoded(expected.files), dict(result.files)),
    ]
    told = [(what, wanted, got) for what, wanted, got in told if wanted is not None and wanted != got]
    found = [f"{what}: expected {wanted!r}, got {_short(got)}" for what, wanted, got in told]
    if result.outcome not in expected.outcome:
        found.append(f"outcome: expected {' or '.join(expected.outcome)}, got {result.outcome} ({result.detail})")
    everything = b"\n".join([result.stdout, result.stderr, *result.files.values()])
    for text, stream in [(text, result.stdout) for text in expected.stdout_contains] + [
        (text, result.stderr) for text in expected.stderr_contains
    ]:
        if text.encode() not in stream:
            found.append(f"missing {text!r} in {_short(stream)}")
    found += [f"{text!r} must not occur" for text in expected.never if text.encode() in everything]
    found += [f"value {result.value_json!r}" for text in expected.value_never if text in (result.value_json or "")]
    if expected.no_value and result.value_json is not None:
        found.append(f"a value arrived: {_short(result.value_json)}")
    if expected.no_passed_tests and any(test.passed for test in result.unit_tests):
        found.append(f"a unit test passed: {result.unit_tests}")
    if expected.max_wall_ms is not None and result.wall_ms > expected.max_wall_ms:
        found.append(f"took {result.wall_ms} ms, more than {expected.max_wall_ms}")
    written_bytes = sum(map(len, result.files.values()))
    if expected.max_files_bytes is not None and written_bytes > expected.max_files_bytes:
        found.append(f"handed back {written_bytes} bytes, more than {expected.max_files_bytes}")
    if found:
        found.append(f"stderr ended in {_short(result.stderr[-400:])}")
    return found


def _header(text: str) -> dict[str, Any]:
    docstring = ast.get_docstring(ast.parse(text)) or ""
    lines = docstring.splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith("[")), len(lines))
    return tomllib.loads("\n".join(lines[start:]))


def _program(given: Given, text: str) -> Program:
    source = text if given.source is None else given.source
    source += "".join(part["text"] * part["times"] for part in given.append)
    source += given.append_escaped.encode("ascii").decode("unicode_escape")
    stdin = bytes.fromhex(given.stdin_hex) or (given.stdin * given.stdin_repeat).encode()
    return Program(
        source=source,
        stdin=stdin,
        call=None if given.call is None else Call(given.call, given.arguments_json),
        files=_encoded(given.files),
        collect=given.collect,
        test_source=given.test_source,
        test_name=given.test_name,
    )


def _with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}


def _encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: content.encode() for name, content in files.items()}


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 500 else f"{text[:250]} … {text[-250:]}"
