"""What RQ calls by name. A worker process sets the runtime once, before it takes its first job."""

from __future__ import annotations

from worker.runtime import Runtime

_runtime: Runtime | None = None


def use(runtime: Runtime | None) -> None:
    """Set (or, at the end, forget) what this process executes runs with."""
    global _runtime
    _runtime = runtime


def execute_run(run_id: str) -> None:
    """Execute one run that the queue names."""
    if _runtime is None:
        raise RuntimeError("execute_run was called in a process that is not a worker")
    _runtime.execute(run_id)
