"""Runs one untrusted program in Docker and returns what happened."""

from sandbox.cancellation import Cancellation
from sandbox.config import SandboxConfig
from sandbox.errors import NoContainer, SandboxBroken
from sandbox.pool import PoolStats
from sandbox.service import Sandbox

__all__ = ["Cancellation", "NoContainer", "PoolStats", "Sandbox", "SandboxBroken", "SandboxConfig"]
