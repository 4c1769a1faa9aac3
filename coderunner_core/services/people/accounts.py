"""Registering and signing in, and what an admin does to accounts from a terminal."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from coderunner_core import passwords
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotFound, SignInFailed, TooMany
from coderunner_core.limits import neighbourhood
from coderunner_core.models import NAME_LENGTH, Role, User, utc_now
from coderunner_core.services import audit

_NAME = re.compile(r"[^\W_][\w.-]*")
_HOUR_S = 3600
_FAILURES_LOGGED = 30  # entries about failed sign-ins that one address can cause in an hour


def fold(name: str) -> str:
    """The form of a name that is compared and stored: Unicode NFKC, case folded, no spaces around.

    No NUL either, which no name has and PostgreSQL refuses to look for.
    """
    return unicodedata.normalize("NFKC", name.replace("\0", "")).strip().casefold()


async def register(core: Core, name: str, display_name: str, password: str, *, ip: str) -> Actor:
    """Make a student's account for whoever asks. Raises BadInput, NotAllowed (closed) and TooMany (per address)."""
    if not core.settings.registration_open:
        raise NotAllowed("Registration is closed here. Ask your teacher for an account.")
    folded, shown = checked_names(name, display_name)
    passwords.check_new(password, folded)
    await core.throttle.hit(
        "register",
        neighbourhood(ip),
        allowed=core.settings.registrations_per_ip,
        window_s=_HOUR_S,
        message="Many accounts were made from here within the hour.",
    )
    return as_actor(await _insert(core, folded, shown, password, Role.STUDENT, ip=ip))


async def create_user(
    core: Core, name: str, display_name: str, password: str, role: Role, *, by: Actor | None = None
) -> User:
    """Make an account of any role, for the terminal, where the operator is the authority, or ``by`` an admin whom the
    caller has checked. Raises BadInput.
    """
    folded, shown = checked_names(name, display_name)
    passwords.check_new(password, folded)
    return await _insert(core, folded, shown, password, role, by=by)


async def set_password(core: Core, name: str, password: str) -> None:
    """Give an account a new password, which ends its sessions; for the terminal. Raises NotFound and BadInput."""
    folded = fold(name)
    passwords.check_new(password, folded)
    hashed = await passwords.hash_new(password)
    async with core.database.writing() as session:
        user = (await session.exec(select(User).where(User.name == folded))).first()
        if user is None:
            raise NotFound(f"There is nobody named {folded!r}.")
        user.password_hash, user.password_changed_at = hashed, utc_now()
        session.add(user)


async def list_users(core: Core, limit: int = 1000) -> list[User]:
    """Accounts by name; for the terminal."""
    async with core.database.reading() as session:
        return list((await session.exec(select(User).order_by(User.name).limit(limit))).all())


async def sign_in(core: Core, name: str, password: str, *, ip: str) -> Actor:
    """Who this is, if name and password match. Raises SignInFailed and TooMany, the same for a name nobody has.

    Tries are counted per account and per address before the password is looked at, so that guessing many passwords
    at once gains nothing; a success forgets the account's count.
    """
    settings, folded = core.settings, fold(name)[:NAME_LENGTH]
    await core.throttle.hit(
        "sign-in-ip",
        neighbourhood(ip),
        allowed=settings.sign_in_tries_per_ip,
        window_s=settings.sign_in_window_s,
        message="There were too many sign-in tries from here.",
    )
    await count_try(core, folded)
    async with core.database.reading() as session:
        user = (await session.exec(select(User).where(User.name == folded))).first()
    right = await passwords.matches(password, user.password_hash if user else None)
    if user is None or not right or user.disabled_at is not None:
        await _write_down_failure(core, user, ip)
        raise SignInFailed
    await forget_tries(core, folded)
    actor = as_actor(user)
    async with core.database.writing() as session:
        audit.record(session, actor, "sign_in", ip=ip)
    return actor


async def _write_down_failure(core: Core, user: User | None, ip: str) -> None:
    """At most so many an hour, so that nobody fills the log. A name that nobody has is not kept: it may be a password
    that was typed into the wrong field.
    """
    try:
        await core.throttle.hit(
            "failed-sign-in-log", neighbourhood(ip), allowed=_FAILURES_LOGGED, window_s=_HOUR_S, message=""
        )
    except TooMany:
        return
    target = audit.person(user.id, user.name) if user else "a name that nobody has"
    details = "the account is disabled" if user and user.disabled_at else ""
    async with core.database.writing() as session:
        audit.record(session, None, "sign_in.failed", target, details, ip=ip)


async def prove(core: Core, name: str, password: str) -> User:
    """The account of somebody who types their password again. Raises SignInFailed and TooMany."""
    await count_try(core, name)
    async with core.database.reading() as session:
        user = (await session.exec(select(User).where(User.name == name))).first()
    if not await passwords.matches(password, user.password_hash if user else None) or user is None:
        raise SignInFailed
    await forget_tries(core, name)
    return user


async def count_try(core: Core, folded: str) -> None:
    """Count a try to prove who one is. Raises TooMany."""
    await core.throttle.hit(
        "sign-in-account",
        folded,
        allowed=core.settings.sign_in_tries_per_account,
        window_s=core.settings.sign_in_window_s,
        message="There were too many sign-in tries for this name.",
    )


async def forget_tries(core: Core, folded: str) -> None:
    """Forget the tries of an account: it was them, or they are gone."""
    await core.throttle.forget(
        "sign-in-account",
        folded,
        allowed=core.settings.sign_in_tries_per_account,
        window_s=core.settings.sign_in_window_s,
    )


def as_actor(user: User, session_id: str = "") -> Actor:
    """The actor that an account's row stands for."""
    if user.id is None:
        raise ValueError("an account that is not stored has no actor")
    return Actor(user.id, user.name, user.display_name, Role(user.role), session_id)


def checked_names(name: str, display_name: str) -> tuple[str, str]:
    """The name to sign in with, folded, and the one that is shown. Raises BadInput."""
    folded = fold(name)
    if not folded:
        raise BadInput("Choose a name to sign in with.")
    if len(folded) > NAME_LENGTH:
        raise BadInput(f"The name may have at most {NAME_LENGTH} characters.")
    if not _NAME.fullmatch(folded):
        raise BadInput(
            "The name may have letters, digits, dots, dashes and underscores, and begins with a letter or digit."
        )
    shown = " ".join("".join(c for c in display_name if c.isprintable()).split()) or name.strip()
    if len(shown) > NAME_LENGTH:
        raise BadInput(f"The shown name may have at most {NAME_LENGTH} characters.")
    return folded, shown


async def _insert(
    core: Core, folded: str, shown: str, password: str, role: Role, *, by: Actor | None = None, ip: str | None = None
) -> User:
    """``ip`` is that of somebody who registers by themselves."""
    hashed = await passwords.hash_new(password)
    user = User(name=folded, display_name=shown, role=role, password_hash=hashed, created_at=utc_now())
    try:
        async with core.database.writing() as session:
            session.add(user)
            await session.flush()
            if ip is not None:
                audit.record(session, as_actor(user), "register", ip=ip)
            else:
                audit.record(session, by, "user.create", audit.person(user.id, folded), role.value)
    except IntegrityError:
        raise BadInput("That name is taken. Choose another one.") from None
    return user
