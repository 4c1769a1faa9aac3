"""What the sandbox raises: never the student's doing."""

from __future__ import annotations


class SandboxBroken(Exception):
    """No container can be had, or one died for reasons that are not the program's. The message is for operators."""


class NoContainer(SandboxBroken):
    """There is no container to run anything in, perhaps because the engine restarts. Nothing of the program was run."""
