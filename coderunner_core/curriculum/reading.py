"""Reads the files of a problem folder with suspicion, so that every slip is named by file and place."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from coderunner_core.errors import BadProblem

SOURCE_LIMIT_BYTES = 100_000  # the largest program that a student may send, so the largest that we may hand out
TEXT_LIMIT_BYTES = 1_000_000  # problem.yaml with its tests is the largest text

Form = TypeVar("Form", bound=BaseModel)


def read_bytes(path: Path, limit_bytes: int = TEXT_LIMIT_BYTES) -> bytes:
    """The content of a regular file. Raises BadProblem when it is missing, no plain file, or too large."""
    if path.is_symlink():
        raise BadProblem(str(path), "file", "is a symbolic link; put the file itself here")
    if not path.is_file():
        raise BadProblem(str(path), "file", "is missing")
    size = path.stat().st_size
    if size > limit_bytes:
        raise BadProblem(str(path), "file", f"has {size:,} bytes; at most {limit_bytes:,} are allowed")
    return path.read_bytes()


def read_text(path: Path, limit_bytes: int = TEXT_LIMIT_BYTES) -> str:
    """The content of a UTF-8 file with LF line ends. Raises BadProblem."""
    content = read_bytes(path, limit_bytes)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadProblem(str(path), f"line {line}", "is not UTF-8 text") from None
    if "\0" in text:
        raise BadProblem(str(path), f"line {text[: text.index(chr(0))].count(chr(10)) + 1}", "has a NUL character")
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def read_form(path: Path, form: type[Form]) -> Form:
    """A YAML file as the given form. Raises BadProblem for the first thing that is wrong with it."""
    value = _yaml(path)
    if not isinstance(value, dict):
        raise BadProblem(str(path), "file", "must be a mapping of field names to values")
    try:
        return form.model_validate(value)
    except ValidationError as error:
        raise BadProblem(str(path), *first_slip(error)) from None


def first_slip(error: ValidationError) -> tuple[str, str]:
    """The field and the reason of the first thing that pydantic found, in an author's words."""
    first = error.errors(include_url=False)[0]
    field = ""
    for part in first["loc"]:
        if part != "[key]":
            field += f"[{part}]" if isinstance(part, int) else f".{part}"
    reason = {
        "extra_forbidden": "is not a field of this file; check its spelling",
        "missing": "is missing",
        "string_type": "must be a text; put it in quotes",
    }.get(first["type"], first["msg"].removeprefix("Value error, "))
    return field.lstrip(".") or "file", reason[:1].lower() + reason[1:]


def _yaml(path: Path) -> Any:
    text = read_text(path)
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 (a SafeLoader, made stricter below)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadProblem(str(path), f"line {line}", f"broken YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:  # ValueError: an integer of thousands of digits
        raise BadProblem(str(path), "file", f"broken YAML: {str(error).splitlines()[0]}") from None


class _PlainLoader(yaml.SafeLoader):
    """YAML without its traps: no aliases, no doubled keys, and ``no``, ``12:30`` or ``2026-01-01`` stay texts."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not used here", problem_mark=event.start_mark)  # type: ignore[arg-type]
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} is there twice", problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    ("float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)
