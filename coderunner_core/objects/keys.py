"""The names of objects: made of a run's id and nothing that anybody typed, so that no key leads anywhere else."""

from __future__ import annotations

import re
import secrets

from coderunner_core.contract import Stream

_KEY = re.compile(r"outputs/[0-9a-f]{2}/(?P<run_id>[0-9a-f]{32})\.[0-9a-f]{8}\.(?:stdout|stderr)")
_RUN_ID = re.compile(r"[0-9a-f]{32}")


def new_key(run_id: str, stream: Stream) -> str:
    """A key for one stream of a run. Two workers that finish the same run never write to the same one.

    Raises ValueError when the id is not one of ours. The folders, 256 at most, keep a directory listable.
    """
    if not _RUN_ID.fullmatch(run_id):
        raise ValueError(f"not a run's id: {run_id!r}")
    return f"outputs/{run_id[:2]}/{run_id}.{secrets.token_hex(4)}.{stream.value}"


def run_of(key: str) -> str | None:
    """The run that an object belongs to; None for a key that we did not make."""
    found = _KEY.fullmatch(key)
    return found["run_id"] if found else None
