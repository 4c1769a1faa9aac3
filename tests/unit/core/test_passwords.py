"""Hashing in several threads at once."""

from __future__ import annotations

import subprocess
import sys

_TWO_AT_ONCE = """
import asyncio
from coderunner_core import passwords
print(len(asyncio.run(passwords.hash_many(["one", "two", "three", "four"]))))
"""


def test_the_first_hashes_of_a_process_may_be_made_at_once() -> None:
    """As they are when a teacher's first press after a start adds a whole class."""
    done = subprocess.run([sys.executable, "-c", _TWO_AT_ONCE], capture_output=True, text=True, check=False)
    assert done.stdout == "4\n", done.stderr
