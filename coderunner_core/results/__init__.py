"""Where the body of an ExecutionResult lives: source, input, output and what each test said."""

from coderunner_core.results.guarded import GuardedResultStore
from coderunner_core.results.protocol import ExecutionResult, ResultStore
from coderunner_core.results.spilling import SpillingResultStore
from coderunner_core.results.sql import SqlResultStore

__all__ = ["ExecutionResult", "GuardedResultStore", "ResultStore", "SpillingResultStore", "SqlResultStore"]
