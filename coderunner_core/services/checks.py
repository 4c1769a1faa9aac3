"""The first lines of every service: is somebody there, and is what they sent acceptable."""

from __future__ import annotations

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotSignedIn


def signed_in(actor: Actor | None) -> Actor:
    """The actor, or NotSignedIn when nobody is there."""
    if actor is None:
        raise NotSignedIn
    return actor


def acceptable_source(core: Core, source: str) -> str:
    """A program that may be stored and run; raises BadInput."""
    if not source.strip():
        raise BadInput("There is no program yet. Write some Python first, then press the button again.")
    return acceptable_text(source, core.settings.source_limit_bytes, "program")


def acceptable_stdin(core: Core, stdin: str) -> str:
    """Input that may be stored and fed to a program; raises BadInput."""
    return acceptable_text(stdin, core.settings.input_limit_bytes, "input")


def acceptable_text(text: str, limit_bytes: int, what: str) -> str:
    """Text that can be stored as it is; ``what`` names it in the message. Raises BadInput."""
    try:
        size_bytes = len(text.encode())
    except UnicodeEncodeError:  # half of a surrogate pair, which no file can hold
        raise BadInput(
            f"The {what} contains a broken character. Type it again or paste it from a text editor."
        ) from None
    if size_bytes > limit_bytes:
        raise BadInput(
            f"The {what} is too large: {size_bytes:,} bytes, and at most {limit_bytes:,} are allowed. Make it shorter."
        )
    if "\0" in text:
        raise BadInput(f"The {what} contains a NUL character, which Python cannot read. Delete it and try again.")
    return text


def one_line(text: str, what: str, most_chars: int) -> str:
    """A name or title as it is stored: printable, one line, without spaces around. Raises BadInput."""
    tidy = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not tidy:
        raise BadInput(f"The {what} is empty. Type one first.")
    if len(tidy) > most_chars:
        raise BadInput(f"The {what} may have at most {most_chars} characters.")
    return tidy
