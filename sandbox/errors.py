"""What the sandbox raises: one error, never the student's doing."""

from __future__ import annotations


class SandboxBroken(Exception):
    """No container can be had, or one died for reasons that are not the program's. The message is for operators."""
