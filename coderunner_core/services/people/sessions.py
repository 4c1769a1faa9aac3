"""Sessions: a signed token in a cookie that page scripts cannot read, checked for every single request and event."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt
from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import NotSignedIn
from coderunner_core.models import RevokedSession, User, utc_now
from coderunner_core.services import audit, turns
from coderunner_core.services.people.accounts import as_actor

_ALGORITHM = "HS256"
_ISSUER = "code-runner"
_REMEMBERED_TOKENS = 4096  # as many pages as a web process can carry, and some
_REQUIRED = ["exp", "iat", "sub", "jti"]

# Asked for every event of every page, so it is put together once.
_REVOKED = select(RevokedSession.session_id).where(RevokedSession.session_id == bindparam("session_id")).exists()
_HOLDER = select(User).where(User.id == bindparam("user_id"), col(User.disabled_at).is_(None), ~_REVOKED)


async def issue(actor: Actor, core: Core) -> str:
    """A new session of SESSION_DAYS for someone who just proved who they are, as a JWT."""
    now = utc_now()
    claims = {
        "iss": _ISSUER,
        "sub": str(actor.user_id),
        "jti": uuid.uuid4().hex,
        "iat": now.timestamp(),  # with its fraction: a password may change within the same second
        "exp": now + timedelta(days=core.settings.session_days),
    }
    return jwt.encode(claims, core.settings.jwt_secret.get_secret_value(), _ALGORITHM)


async def verify(core: Core, token: str) -> Actor:
    """Who holds this token.

    Raises NotSignedIn when it is missing, forged, expired, signed out, or older than the account's password.
    """
    claims = _claims(core, token)
    asked = {"user_id": int(claims["sub"]), "session_id": claims["jti"]}
    async with core.database.reading() as session:
        user = (await session.exec(_HOLDER, params=asked)).first()
    if user is None or _before_password(user, claims):
        core.last_known.forget(_remembered_as(claims))
        raise NotSignedIn("Your session has ended. Please sign in again.")
    actor = as_actor(user, session_id=claims["jti"])
    core.last_known.keep(_remembered_as(claims), actor)
    return actor


def recognise(core: Core, token: str) -> tuple[int, Actor | None]:
    """Whose session this says it is, by its signature alone, and who that was when this process last verified it.

    For showing what anyone may read while the database is away, never for a decision: nobody has asked whether the
    session was ended. Raises NotSignedIn when the token is missing, forged or expired.
    """
    claims = _claims(core, token)
    return int(claims["sub"]), core.last_known.get(_remembered_as(claims))


def _before_password(user: User, claims: dict[str, Any]) -> bool:
    return user.password_changed_at is not None and float(claims["iat"]) < user.password_changed_at.timestamp()


async def revoke(core: Core, token: str, *, ip: str = "") -> None:
    """End a session before its time. A token that is not valid any more is fine: it is ended already."""
    try:
        claims = _claims(core, token)
    except NotSignedIn:
        return
    core.last_known.forget(_remembered_as(claims))
    async with core.database.writing() as session:
        await turns.take(session, int(claims["sub"]))
        await session.exec(delete(RevokedSession).where(col(RevokedSession.expires_at) <= utc_now()))
        if await session.get(RevokedSession, claims["jti"]) is None:
            session.add(
                RevokedSession(session_id=claims["jti"], expires_at=datetime.fromtimestamp(int(claims["exp"]), UTC))
            )
            user = await session.get(User, int(claims["sub"]))
            if user is not None:
                audit.record(session, as_actor(user), "sign_out", ip=ip)


def _remembered_as(claims: dict[str, Any]) -> tuple[str, str]:
    return ("session", claims["jti"])


def _claims(core: Core, token: str) -> dict[str, Any]:
    if not token:
        raise NotSignedIn
    claims = _signed(token, tuple(core.settings.verifying_secrets))
    if claims["exp"] <= utc_now().timestamp():
        raise NotSignedIn("Your session has expired. Please sign in again.")
    return claims


@lru_cache(maxsize=_REMEMBERED_TOKENS)
def _signed(token: str, secrets: tuple[str, ...]) -> dict[str, Any]:
    """What a token says; raises NotSignedIn unless one of the secrets signed it.

    A page presents its token with every event, and what it says never changes. That it expires is the caller's to see.
    """
    for secret in secrets:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                secret,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                options={"require": _REQUIRED, "verify_exp": False},
            )
            int(claims["sub"])
            float(claims["exp"])
        except jwt.InvalidSignatureError:
            continue
        except (jwt.PyJWTError, ValueError, TypeError):
            break
        return claims
    raise NotSignedIn("Your session is not valid. Please sign in again.")
