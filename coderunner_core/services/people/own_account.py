"""What people do with their own account: another name to be shown, another password, an end."""

from __future__ import annotations

from coderunner_core import passwords
from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotSignedIn, SignInFailed
from coderunner_core.models import User, utc_now
from coderunner_core.services import audit
from coderunner_core.services.checks import signed_in
from coderunner_core.services.people import accounts, departures

_WRONG = "That is not your current password."


async def rename(actor: Actor | None, core: Core, display_name: str) -> str:
    """Show another name from now on; the one that is shown. Raises NotSignedIn and BadInput."""
    actor = signed_in(actor)
    if not display_name.strip():
        raise BadInput("Type the name that others are to see.")
    _name, shown = accounts.checked_names(actor.name, display_name)
    async with core.database.writing() as session:
        user = _mine(await session.get(User, actor.user_id))
        user.display_name = shown
        session.add(user)
    return shown


async def change_password(actor: Actor | None, core: Core, current: str, new: str, *, ip: str = "") -> Actor:
    """Set another password and end every session that was open; the actor, who is to be given a new one.

    Raises NotSignedIn, NotAllowed (the current password is wrong), TooMany (tries) and BadInput (the new one).
    """
    actor = signed_in(actor)
    await _prove(core, actor, current)
    passwords.check_new(new, actor.name)
    if new == current:
        raise BadInput("That is the password that you have. Choose another one.")
    hashed = await passwords.hash_new(new)
    async with core.database.writing() as session:
        user = _mine(await session.get(User, actor.user_id))
        user.password_hash, user.password_changed_at = hashed, utc_now()
        session.add(user)
        audit.record(session, actor, "password.change", ip=ip)
    return accounts.as_actor(user)


async def delete(actor: Actor | None, core: Core, password: str) -> None:
    """Delete oneself with everything that is one's own, now and for good.

    Raises NotSignedIn, NotAllowed (a wrong password, not wanted here, or the last admin) and TooMany (tries).
    """
    actor = signed_in(actor)
    if not core.settings.self_deletion:
        raise NotAllowed("Accounts are deleted by the people who run this place. Ask them or your teacher.")
    await _prove(core, actor, password)
    await departures.delete(core, actor, actor.user_id)


async def _prove(core: Core, actor: Actor, password: str) -> None:
    try:
        await accounts.prove(core, actor.name, password)
    except SignInFailed:
        raise NotAllowed(_WRONG) from None  # they are signed in, and stay so


def _mine(user: User | None) -> User:
    if user is None:
        raise NotSignedIn("Your account is not there any more.")
    return user
