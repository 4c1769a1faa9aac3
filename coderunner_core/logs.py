"""Logging for every process: one JSON object a line in production, readable text in development.

Only our own packages may speak below WARNING: at DEBUG, libraries print statements with their parameters, commands and
packets, which hold programs, inputs and cookies. Of those that quote whole events, arguments of jobs or errors in what
they say, only the place is told. Tracebacks name files, lines and functions, never the values in them; the words of an
error are kept only where they cannot quote what somebody typed. Whatever a line says, the installation's own secrets
are cut out of it last.
"""

from __future__ import annotations

import json
import logging
import sys
import uuid
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars, unbind_contextvars
from structlog.tracebacks import ExceptionDictTransformer

from coderunner_core.settings import Settings, load_settings

_OURS = ("coderunner_app", "coderunner_core", "worker", "sandbox", "scripts", "__main__")
_NAMES = {"request_id": "requestId", "job_id": "jobId", "user_id": "userId", "exception": "error", "event": "message"}
_QUOTING = ("reflex", "reflex_base", "socketio", "engineio", "rq", "asyncio")
# Their words are about files, addresses and our own state.
_SPEAKING = frozenset(
    (
        *("OSError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "TimeoutError"),
        *("FileNotFoundError", "PermissionError", "AttributeError", "ImportError", "ModuleNotFoundError"),
        *("NameError", "RuntimeError"),
        *("OperationalError", "InterfaceError", "RedisError", "ResponseError", "ServerSelectionTimeoutError"),
        *("SandboxBroken", "Misconfigured", "BadProblem", "Busy", "StoreAway"),
    )
)
_LEAST_SECRET_CHARS = 6  # cutting "a" out of every line would help nobody

Entry = MutableMapping[str, Any]


def configure(service: str, settings: Settings) -> None:
    """Send all logging of this process, and what ends it unexpectedly, to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_may_speak)
    handler.setFormatter(formatter(service, settings))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))
    for name in _OURS:
        logging.getLogger(name).setLevel(settings.log_level)
    logging.captureWarnings(True)
    sys.excepthook = _tell_what_ends_us


def formatter(service: str, settings: Settings) -> logging.Formatter:
    """Makes a line of a record, with the name of the service in it: what a worker's pool of containers says is the
    sandbox's.
    """

    def add_service(_logger: Any, _method: str, entry: Entry) -> Entry:
        record = entry.get("_record")
        pool = isinstance(record, logging.LogRecord) and record.name.startswith("sandbox")
        entry["service"] = "sandbox" if pool else service
        return entry

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _without_quotations,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
        add_service,
    ]
    if settings.coderunner_env == "production":
        ending: list[Any] = [_in_the_names_of_the_platform, structlog.processors.JSONRenderer(default=str)]
    else:
        plain = structlog.dev.plain_traceback
        ending = [
            _with_readable_traceback,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0, exception_formatter=plain),
        ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            _without_words_of_others,
            *ending,
            _without(secrets_of(settings)),
        ],
    )


def formatter_of(service: str) -> logging.Formatter:
    """The same for a program that configures its own logging from a file: see coderunner_app/granian_log.json."""
    return formatter(service, load_settings())


def _tell_what_ends_us(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger(__name__).critical("the process ends unexpectedly", exc_info=(kind, error, trace))


def _may_speak(record: logging.LogRecord) -> bool:
    """A library that gives its own logger a level is held back, too."""
    return record.levelno >= logging.WARNING or is_ours(record.name)


def is_ours(logger: str) -> bool:
    """Whether a logger of this name belongs to our own packages, whose words are constants of ours."""
    return logger.partition(".")[0] in _OURS


@contextmanager
def one_request(request_id: str = "", **ids: object) -> Iterator[str]:
    """Within this block, each line of this task or thread carries the request's id, and what ``know`` adds to it."""
    request_id = request_id or uuid.uuid4().hex
    with bound_contextvars(request_id=request_id, **ids):
        try:
            yield request_id
        finally:
            unbind_contextvars("user_id")


def know(user_id: int) -> None:
    """Who asks is known from here on, until the request ends."""
    bind_contextvars(user_id=user_id)


def request_id() -> str:
    """The id of the request that this task or thread works on; empty outside of any."""
    return str(get_contextvars().get("request_id", ""))


def secrets_of(settings: Settings) -> list[str]:
    """What must never stand in a line: every secret setting, and the passwords inside addresses."""
    found = set()
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        text = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        if not isinstance(text, str) or not text:
            continue
        if text is not value:
            found |= {text, *text.split()}
        if "://" in text:
            found |= _password(text).union(*map(_password, text.split(",")))  # a setting may list several
    return sorted((one for one in found if len(one) >= _LEAST_SECRET_CHARS), key=len, reverse=True)


def _password(address: str) -> set[str]:
    try:
        password = urlsplit(address).password or ""
    except ValueError:  # an address that nothing could connect to either
        return set()
    return {password, unquote(password)} - {""}


def _without(secrets: list[str]) -> Callable[[Any, str, Any], str]:
    spellings = [spelt for one in secrets for spelt in {one, json.dumps(one)[1:-1]}]

    def cut(_logger: Any, _method: str, line: Any) -> str:
        text = str(line)
        for secret in spellings:
            text = text.replace(secret, "[secret]")
        return text

    return cut


_add_extra = structlog.stdlib.ExtraAdder()


def _without_quotations(logger: Any, method: str, entry: Entry) -> Entry:
    """What a record brings besides its words is kept, unless it is of a library that quotes: then neither is."""
    record = entry.get("_record")
    if isinstance(record, logging.LogRecord) and record.name.partition(".")[0] in _QUOTING:
        entry["event"] = f"{record.name} reports what it may not quote, at {place_of(record)}"
        return entry
    return _add_extra(logger, method, entry)


def place_of(record: logging.LogRecord) -> str:
    """Where in the source a record was made."""
    return f"{record.filename}:{record.lineno}"


def _without_words_of_others(_logger: Any, _method: str, entry: Entry) -> Entry:
    """Blank the words of errors that may quote their input; ``exceptions`` are those of a group."""
    waiting: list[Any] = list(entry.get("exception") or ())
    while waiting:
        error = waiting.pop()
        if error["exc_type"] not in _SPEAKING:
            error["exc_value"], error["exc_notes"], error["syntax_error"] = "", [], None
        for group in error.get("exceptions") or ():
            waiting += group
    return entry


def _with_readable_traceback(_logger: Any, _method: str, entry: Entry) -> Entry:
    """As Python prints one: what came first stands first."""
    if errors := entry.get("exception"):
        entry["exception"] = "\n".join(line for error in reversed(errors) for line in _lines_of(error))
    return entry


def _lines_of(error: dict[str, Any]) -> Iterator[str]:
    for frame in error["frames"]:
        yield f'  File "{frame["filename"]}", line {frame["lineno"]}, in {frame["name"]}'
    yield f"{error['exc_type']}: {error['exc_value'] or '(its words might quote what somebody typed)'}"
    for group in error.get("exceptions") or ():
        for part in reversed(group):
            yield from (f"  {line}" for line in _lines_of(part))


def _in_the_names_of_the_platform(_logger: Any, _method: str, entry: Entry) -> Entry:
    return {_NAMES.get(name, name): value for name, value in entry.items()}
