"""From a Program and its Limits to the bytes that the container is told."""

from __future__ import annotations

import marshal
import re

from coderunner_core.contract import Limits, Program
from sandbox import policy
from sandbox.image.box import wire

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_OURS = frozenset(("main.py", "test_main.py"))
_TEST_FILE = "test_main.py"
_MARSHAL = 2  # the version that every Python since 3.0 reads


def encode(program: Program, limits: Limits) -> bytes:
    """The request; raises ValueError for what no container should be told (odd file names, too much data)."""
    source = program.source.encode("utf-8", "surrogatepass")
    files = {"main.py": source} | {check_name(name): content for name, content in program.files.items()}
    if program.test_source is not None:
        files[_TEST_FILE] = program.test_source.encode("utf-8", "surrogatepass")
    header: wire.Header = (
        sum(map(len, files.values())),
        len(program.stdin),
        limits.cpu_ms,
        limits.wall_ms,
        limits.wall_ms * policy.HARD_WALL_FACTOR,
        min(limits.output_bytes, policy.MAX_OUTPUT_BYTES),
        limits.memory_kib if limits.memory_kib < policy.OWN_MEMORY_KIB else 0,
        limits.written_files,
        min(limits.written_bytes, policy.MAX_WRITTEN_BYTES),
        [check_name(name) for name in program.collect],
        [(name, len(content)) for name, content in files.items()],
        program.call.function if program.call else "",
        program.call.arguments_json if program.call else "[]",
        (program.test_name or "") if program.test_source is not None else "",
    )
    encoded = wire.request(marshal.dumps(header, _MARSHAL), *files.values(), program.stdin)
    if header[0] > policy.MAX_FILES_BYTES:
        raise ValueError(f"a program and its files may have {policy.MAX_FILES_BYTES} bytes in all")
    if len(encoded) > policy.MAX_REQUEST_BYTES:
        raise ValueError(f"a program, its input and its files may have {policy.MAX_REQUEST_BYTES} bytes in all")
    return encoded


def check_name(name: str) -> str:
    """``name`` itself if it is a plain file name and not one of ours; else raises ValueError."""
    if not _PLAIN_NAME.fullmatch(name) or name in _OURS:
        raise ValueError(f"not a plain file name: {name!r}")
    return name
