"""From a Program and its Limits to the bytes that the container is told."""

from __future__ import annotations

import json
import re

from coderunner_core.contract import Limits, Program
from sandbox import policy
from sandbox.image.box import wire

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_OURS = frozenset(("main.py", "test_main.py"))
_TEST_FILE = "test_main.py"


def encode(program: Program, limits: Limits) -> bytes:
    """The request; raises ValueError for what no container should be told (odd file names, too much data)."""
    source = program.source.encode("utf-8", "surrogatepass")
    files = {check_name(name): content for name, content in program.files.items()}
    if program.test_source is not None:
        files[_TEST_FILE] = program.test_source.encode("utf-8", "surrogatepass")
    header = {
        "cpu_ms": limits.cpu_ms,
        "wall_ms": limits.wall_ms,
        "hard_wall_ms": limits.wall_ms * policy.HARD_WALL_FACTOR,
        "memory_kib": min(limits.memory_kib, policy.PROGRAM_MEMORY_KIB),
        "output_bytes": min(limits.output_bytes, policy.MAX_OUTPUT_BYTES),
        "written_files": limits.written_files,
        "written_bytes": min(limits.written_bytes, policy.MAX_WRITTEN_BYTES),
        "source_bytes": len(source),
        "stdin_bytes": len(program.stdin),
        "parts_bytes": len(source) + sum(map(len, files.values())),
        "files": [[name, len(content)] for name, content in files.items()],
        "collect": [check_name(name) for name in program.collect],
        "test_name": program.test_name if program.test_source is not None else None,
        "function": program.call.function if program.call else None,
        "arguments_json": program.call.arguments_json if program.call else "[]",
    }
    encoded = wire.request(json.dumps(header).encode(), source, *files.values(), program.stdin)
    if len(encoded) > policy.MAX_REQUEST_BYTES:
        raise ValueError(f"a program, its input and its files may have {policy.MAX_REQUEST_BYTES} bytes in all")
    return encoded


def check_name(name: str) -> str:
    """``name`` itself if it is a plain file name and not one of ours; else raises ValueError."""
    if not _PLAIN_NAME.fullmatch(name) or name in _OURS:
        raise ValueError(f"not a plain file name: {name!r}")
    return name
