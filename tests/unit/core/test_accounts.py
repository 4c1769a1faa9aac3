"""Registering, signing in and sessions: who gets in, who does not, and what they are told."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotSignedIn, SignInFailed, TooMany
from coderunner_core.models import Role, User, utc_now
from coderunner_core.services.people import accounts, sessions
from tests.fakes import open_fake_core
from tests.unit.conftest import PASSWORD


async def test_who_registers_is_a_student_and_can_sign_in(core: Core, ada: Actor) -> None:
    """Nobody makes themselves a teacher."""
    assert (ada.role, ada.display_name) == (Role.STUDENT, "Ada")
    assert (await accounts.sign_in(core, " ADA ", PASSWORD, ip="1")).user_id == ada.user_id


async def test_unknown_name_and_wrong_password_get_the_same_answer(core: Core, ada: Actor) -> None:
    """The answer does not tell which names exist."""
    answers = []
    for name, password in (("ada", "wrong password"), ("nobody", PASSWORD)):
        with pytest.raises(SignInFailed) as refusal:
            await accounts.sign_in(core, name, password, ip="1")
        answers.append(refusal.value.message)
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("", PASSWORD, "Choose a name"),
        ("  ", PASSWORD, "Choose a name"),
        ("a" * 41, PASSWORD, "at most 40"),
        ("ada lovelace", PASSWORD, "letters, digits"),
        ("<script>", PASSWORD, "letters, digits"),
        ("grace", "short", "at least 8"),
        ("grace", "x" * 129, "at most 128"),
        ("gracehopper", "GraceHopper", "same as the name"),
    ],
)
async def test_a_bad_registration_says_what_is_wrong(core: Core, name: str, password: str, said: str) -> None:
    """Each message names the rule."""
    with pytest.raises(BadInput, match=said):
        await accounts.register(core, name, "", password, ip="1")


async def test_a_name_is_taken_whatever_its_case(core: Core, ada: Actor) -> None:
    """Ada and ada are one person."""
    with pytest.raises(BadInput, match="taken"):
        await accounts.register(core, "ADA", "Other", PASSWORD, ip="1")


async def test_registration_can_be_closed(tmp_path) -> None:
    """A school that makes its accounts itself lets nobody register."""
    async with open_fake_core(tmp_path, registration_open=False) as core:
        with pytest.raises(NotAllowed):
            await accounts.register(core, "ada", "Ada", PASSWORD, ip="1")


async def test_sign_in_is_limited_per_account(core: Core, ada: Actor) -> None:
    """After ten tries even the right password has to wait, from whatever address."""
    for n in range(core.settings.sign_in_tries_per_account):
        with pytest.raises(SignInFailed):
            await accounts.sign_in(core, "ada", "wrong password", ip=str(n))
    with pytest.raises(TooMany):
        await accounts.sign_in(core, "ada", PASSWORD, ip="another")


async def test_sign_in_is_limited_per_address(tmp_path) -> None:
    """One address cannot go through many names."""
    async with open_fake_core(tmp_path, sign_in_tries_per_ip=3) as core:
        for n in range(3):
            with pytest.raises(SignInFailed):
                await accounts.sign_in(core, f"name{n}", "wrong password", ip="10.0.0.9")
        with pytest.raises(TooMany):
            await accounts.sign_in(core, "name4", "wrong password", ip="10.0.0.9")


async def test_a_success_forgets_earlier_mistakes(core: Core, ada: Actor) -> None:
    """Who mistypes now and then is never locked out."""
    for _ in range(3):
        for _ in range(core.settings.sign_in_tries_per_account - 1):
            with pytest.raises(SignInFailed):
                await accounts.sign_in(core, "ada", "wrong password", ip="1")
        await accounts.sign_in(core, "ada", PASSWORD, ip="1")


async def test_a_disabled_account_cannot_sign_in_and_its_sessions_end(core: Core, ada: Actor) -> None:
    """Disabling takes effect with the next event."""
    token = await sessions.issue(ada, core)
    async with core.database.writing() as session:
        user = await session.get(User, ada.user_id)
        assert user is not None
        user.disabled_at = utc_now()
        session.add(user)
    with pytest.raises(SignInFailed):
        await accounts.sign_in(core, "ada", PASSWORD, ip="1")
    with pytest.raises(NotSignedIn):
        await sessions.verify(core, token)


async def test_a_password_is_stored_as_argon2_only(core: Core, ada: Actor) -> None:
    """The password itself is nowhere in the row."""
    async with core.database.reading() as session:
        user = await session.get(User, ada.user_id)
    assert user is not None
    assert user.password_hash.startswith("$argon2id$")
    assert PASSWORD not in repr(user)


async def test_a_session_names_its_owner_until_it_is_revoked(core: Core, ada: Actor) -> None:
    """Signing out ends this session and no other."""
    first, second = await sessions.issue(ada, core), await sessions.issue(ada, core)
    assert (await sessions.verify(core, first)).user_id == ada.user_id
    await sessions.revoke(core, first)
    with pytest.raises(NotSignedIn, match="ended"):
        await sessions.verify(core, first)
    assert (await sessions.verify(core, second)).name == "ada"


async def test_a_session_lasts_seven_days(core: Core, ada: Actor) -> None:
    """The token itself says so."""
    claims = jwt.decode(await sessions.issue(ada, core), options={"verify_signature": False})
    assert claims["exp"] - int(claims["iat"]) == timedelta(days=7).total_seconds()


@pytest.mark.parametrize("forgery", ["", "nonsense", "expired", "other secret", "no signature", "bad subject"])
async def test_a_token_that_is_not_ours_is_refused(core: Core, ada: Actor, forgery: str) -> None:
    """Forged, unsigned, foreign and expired tokens are all nobody."""
    secret = core.settings.jwt_secret.get_secret_value()
    good = {"iss": "code-runner", "sub": str(ada.user_id), "jti": "j", "exp": utc_now() + timedelta(hours=1)}
    tokens = {
        "": "",
        "nonsense": "a.b.c",
        "expired": jwt.encode({**good, "exp": utc_now() - timedelta(seconds=1)}, secret, "HS256"),
        "other secret": jwt.encode(good, "y" * 48, "HS256"),
        "no signature": jwt.encode(good, "", "none"),
        "bad subject": jwt.encode({**good, "sub": "1 OR 1=1"}, secret, "HS256"),
    }
    with pytest.raises(NotSignedIn):
        await sessions.verify(core, tokens[forgery])


async def test_after_a_rotation_old_sessions_go_on_and_new_ones_use_the_new_secret(tmp_path) -> None:
    """Nobody is signed out by it, until the old secret is taken away."""
    old, new = "o" * 48, "n" * 48

    async def verify(token: str, **secrets: str) -> None:
        async with open_fake_core(tmp_path, **{"jwt_old_secrets": "", **secrets}) as core:
            await sessions.verify(core, token)

    async with open_fake_core(tmp_path) as core:
        ada = await accounts.register(core, "ada", "Ada", PASSWORD, ip="1")
    async with open_fake_core(tmp_path, jwt_secret=old) as core:
        before = await sessions.issue(ada, core)
    async with open_fake_core(tmp_path, jwt_secret=new, jwt_old_secrets=old) as core:
        after = await sessions.issue(ada, core)
    await verify(before, jwt_secret=new, jwt_old_secrets=old)
    await verify(after, jwt_secret=new)
    with pytest.raises(NotSignedIn):
        await verify(before, jwt_secret=new)


async def test_all_addresses_of_one_line_count_as_one(core: Core) -> None:
    """Whoever has one address of IPv6 has a network full of them, to register and to guess from."""
    object.__setattr__(core, "settings", core.settings.model_copy(update={"registrations_per_ip": 2}))
    for number in (1, 2):
        await accounts.register(core, f"s{number}", "", PASSWORD, ip=f"2001:db8::{number}")
    with pytest.raises(TooMany):
        await accounts.register(core, "s3", "", PASSWORD, ip="2001:db8::ffff:3")
    await accounts.register(core, "s3", "", PASSWORD, ip="2001:db8:0:1::3")


async def test_a_name_with_nul_is_a_name_that_nobody_has(core: Core) -> None:
    """PostgreSQL refuses to look for it, which would be logged as our mistake."""
    with pytest.raises(SignInFailed):
        await accounts.sign_in(core, "\0", PASSWORD, ip="10.0.0.1")
