"""The sandbox as the worker sees it: give it a program, get back what happened."""

from __future__ import annotations

import logging
from types import TracebackType

from coderunner_core.contract import Limits, Outcome, Program, RunResult
from sandbox import request
from sandbox.cancellation import Cancellation
from sandbox.config import SandboxConfig
from sandbox.container import Container
from sandbox.conversation import Conversation, OnOutput, Silent
from sandbox.engine import Engine
from sandbox.errors import SandboxBroken
from sandbox.pool import Pool, PoolStats

_log = logging.getLogger(__name__)
_TAKE_S = 60.0  # how long a program may wait for a container before the worker hears that there is none
_ORDINARY = frozenset((Outcome.OK, Outcome.RUNTIME_ERROR, Outcome.COMPILE_ERROR))


class Sandbox:
    """Runs untrusted programs in warm containers. One per worker; ``run`` may be called from several threads."""

    def __init__(self, config: SandboxConfig) -> None:
        """Connects and starts the first container; raises SandboxBroken with what is wrong and how to mend it."""
        self._engine = Engine(config.docker_host)
        try:
            self._pool = Pool(self._engine, config)
        except BaseException:
            self._engine.close()
            raise

    def run(
        self,
        program: Program,
        limits: Limits,
        on_output: OnOutput | None = None,
        cancel: Cancellation | None = None,
    ) -> RunResult:
        """Runs one program to its end and returns what happened.

        ``on_output(stream, chunk)`` is called in order, in this thread, while it runs. ``cancel`` ends the program
        within a second. Raises SandboxBroken for what is not the program's fault (NoContainer when nothing of it was
        run), ValueError for a request that no container should be told.
        """
        encoded = request.encode(program, limits)
        container = self._pool.take(_TAKE_S)
        retire = "interrupted"  # unless the lines below come to know better
        try:
            conversation = Conversation(container, encoded, limits, on_output)
            try:
                result = conversation.result(cancel)
            except Silent as silence:
                if not self._ran_out_of_memory(container):
                    raise SandboxBroken(f"a container fell silent: {silence}") from silence
                result = conversation.out_of_memory()
            _log.info("program ended", extra={"container": container.id[:12], "outcome": result.outcome.value})
            retire = "" if _ended_well(result) and not conversation.cancelled else result.outcome.value
            return result
        finally:
            self._pool.give_back(container, retire)

    def stats(self) -> PoolStats:
        """How the pool of containers stands."""
        return self._pool.stats()

    def close(self) -> None:
        """Removes all containers of this sandbox."""
        self._pool.close()
        self._engine.close()

    def __enter__(self) -> Sandbox:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes."""
        self.close()

    def _ran_out_of_memory(self, container: Container) -> bool:
        """Whether the kernel ended the whole container for memory: the engine knows, if it is still there."""
        try:
            state = self._engine.inspect(container.id).get("State", {})
        except SandboxBroken as error:
            _log.error("sandbox: %s", error)
            return False
        return bool(state.get("OOMKilled"))


def _ended_well(result: RunResult) -> bool:
    """Whether the container may serve again: programs that were killed, or ended by a signal, cost it its life."""
    return result.outcome in _ORDINARY and result.exit_code is not None and result.exit_code >= 0
