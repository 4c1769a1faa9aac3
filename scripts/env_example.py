"""Writes ``.env.example`` from the settings themselves, so that it can neither lack one nor name a wrong default."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from coderunner_core.settings import Settings

PATH = Path(__file__).resolve().parents[1] / ".env.example"
_HEADER = """\
# Every setting, with its meaning and its default. Copy this file to .env and uncomment what you change; a variable of
# the environment wins over the file. Made by `make env-example` from coderunner_core/settings.py.
"""


def text() -> str:
    """The whole file: one block a setting."""
    blocks = [_HEADER]
    for name, field in Settings.model_fields.items():
        blocks.append(f"# {field.description}\n# {name.upper()}={_written(field.default)}\n")
    return "\n".join(blocks)


def _written(default: Any) -> str:
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    if default is None:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return str(default.value if isinstance(default, Enum) else default)


if __name__ == "__main__":
    PATH.write_text(text())
    sys.stdout.write(f"{PATH.name} written\n")
