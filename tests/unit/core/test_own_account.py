"""What people do with their own account, and what they may take with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, TestReport, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotAllowed, NotSignedIn, TooMany
from coderunner_core.services.people import accounts, own_account, own_data, sessions
from coderunner_core.services.running import runs, verdicts
from tests.fakes import open_fake_core
from tests.unit.conftest import PASSWORD
from tests.unit.core.school import MARK, make_admin, make_class, work

NEW = "battery staple"


async def exported(actor: Actor | None, core: Core, user_id: int) -> dict[str, Any]:
    """The whole export, read as JSON."""
    pieces = await own_data.export_person(actor, core, user_id)
    whole: dict[str, Any] = json.loads("".join([piece async for piece in pieces]))
    return whole


async def test_a_new_password_ends_the_other_sessions_and_not_the_new_one(core: Core, ada: Actor) -> None:
    """Whoever was signed in elsewhere has to know the new one."""
    elsewhere = await sessions.issue(ada, core)
    actor = await own_account.change_password(ada, core, PASSWORD, NEW)
    here = await sessions.issue(actor, core)
    with pytest.raises(NotSignedIn):
        await sessions.verify(core, elsewhere)
    assert (await sessions.verify(core, here)).name == (await accounts.sign_in(core, "ada", NEW, ip="1")).name


@pytest.mark.parametrize(
    ("current", "new", "error", "said"),
    [
        ("wrong password", NEW, NotAllowed, "not your current password"),
        (PASSWORD, "short", BadInput, "at least 8"),
        (PASSWORD, PASSWORD, BadInput, "Choose another"),
    ],
)
async def test_a_password_that_is_not_changed(
    core: Core, ada: Actor, current: str, new: str, error: type[Exception], said: str
) -> None:
    """The reason in words; the old one goes on working."""
    with pytest.raises(error, match=said):
        await own_account.change_password(ada, core, current, new)
    assert (await accounts.sign_in(core, "ada", PASSWORD, ip="1")).name == "ada"


async def test_guessing_at_an_open_page_is_limited(core: Core, ada: Actor) -> None:
    """As signing in is."""
    for _ in range(core.settings.sign_in_tries_per_account):
        with pytest.raises(NotAllowed):
            await own_account.change_password(ada, core, "wrong password", NEW)
    with pytest.raises(TooMany):
        await own_account.change_password(ada, core, PASSWORD, NEW)


@pytest.mark.parametrize("given", ["", "   ", "x" * 41])
async def test_a_name_that_cannot_be_shown(core: Core, ada: Actor, given: str) -> None:
    """Said in words."""
    with pytest.raises(BadInput):
        await own_account.rename(ada, core, given)


async def test_another_name_is_shown(core: Core, ada: Actor) -> None:
    """Spaces and what cannot be printed are cleaned away."""
    assert await own_account.rename(ada, core, " Ada \n King\u202e ") == "Ada King"


async def test_an_export_holds_all_that_is_theirs(core: Core, ada: Actor, hopper: Actor) -> None:
    """Profile, class, run with its body, draft, progress and the talk."""
    await make_class(core, hopper, ada)
    run_id = await work(core, ada, hopper)
    data = await exported(ada, core, ada.user_id)
    assert (
        data["profile"]["name"],
        [one["name"] for one in data["classes"]],
        [(run["id"], run["source"], run["stdout"], run["body_kept"]) for run in data["runs"]],
        [draft["source"] for draft in data["drafts"]],
        [row["best_score"] for row in data["progress"]],
        len(data["comments"]),
    ) == ("ada", ["7b"], [(run_id, f"# {MARK}\nprint(1)", MARK, True)], [f"# {MARK}"], [100], 2)


async def test_an_export_holds_long_output_whole(tmp_path: Path) -> None:
    """Also what a page shows the beginning of only; where that is lost, the file says that it is the beginning."""
    printed = {"stdout": "é" * 3_000, "stderr": "x" * 2_000}
    async with open_fake_core(tmp_path, inline_output_bytes=1_024) as core:
        ada = await accounts.register(core, "ada", "", PASSWORD, ip="1")
        run = await runs.submit(ada, core, "countdown", RunKind.RUN, "print('é' * 3000)")
        await verdicts.finish(core, run.id, Verdict(Outcome.OK, **printed))
        [whole] = (await exported(ada, core, ada.user_id))["runs"]
        await core.objects.delete_many([one.key async for portion in core.objects.list() for one in portion])
        [cut] = (await exported(ada, core, ada.user_id))["runs"]
    assert [
        (run["stdout"], run["stderr"], [one["complete"] for one in run["whole_outputs"]]) for run in (whole, cut)
    ] == [(*printed.values(), [True, True]), ("é" * 512, "x" * 1_024, [False, False])]


async def test_an_export_holds_no_secret(core: Core, ada: Actor) -> None:
    """No hash of the password, and nothing of what a hidden test holds."""
    run = await runs.submit(ada, core, "countdown", RunKind.SUBMIT, "print(1)")
    hidden = TestReport(
        "Hidden 1", Outcome.WRONG_ANSWER, visible=False, input_shown="77", stdout_shown="secret-expected"
    )
    await verdicts.finish(core, run.id, Verdict(Outcome.WRONG_ANSWER, score=0, tests=(hidden,)))
    text = json.dumps(await exported(ada, core, ada.user_id))
    assert ("argon2" in text, "secret-expected" in text, '"77"' in text) == (False, False, False)


async def test_an_export_of_many_runs_is_complete_and_in_order(tmp_path) -> None:
    """More runs than are read at once, each exactly once; one whose body is gone says so."""
    many = {"runs_per_minute": 1000, "runs_per_day": 1000, "queued_runs_per_user": 1000}
    async with open_fake_core(tmp_path, **many) as core:
        ada = await accounts.register(core, "ada", "", PASSWORD, ip="1")
        ids = [(await runs.submit(ada, core, "countdown", RunKind.RUN, f"print({n})")).id for n in range(205)]
        await core.results.delete_many(ids[:1])
        data = await exported(ada, core, ada.user_id)
    assert ([run["id"] for run in data["runs"]], data["runs"][0]["body_kept"]) == (ids, False)


async def test_who_may_export_whom(core: Core, ada: Actor, alan: Actor, hopper: Actor) -> None:
    """Everybody themselves, an admin everybody; a teacher has reports instead."""
    await make_class(core, hopper, ada)
    admin = await make_admin(core)
    for actor, whom in [(None, ada), (alan, ada), (hopper, ada)]:
        with pytest.raises((NotSignedIn, NotAllowed)):
            await own_data.export_person(actor, core, whom.user_id)
    assert (await exported(admin, core, ada.user_id))["profile"]["name"] == "ada"


async def test_ones_own_data_is_not_taken_along_all_day_long(core: Core, ada: Actor) -> None:
    """Everything is read for it; an admin, who is asked by many, is not counted."""
    admin = await make_admin(core)
    for _ in range(own_data.PER_HOUR):
        await exported(ada, core, ada.user_id)
    with pytest.raises(TooMany):
        await exported(ada, core, ada.user_id)
    assert (await exported(admin, core, ada.user_id))["profile"]["name"] == "ada"
