"""What was typed is there on another device, and nobody else's."""

from __future__ import annotations

import pytest

from coderunner_core.actors import Actor
from coderunner_core.core import Core
from coderunner_core.errors import BadInput, NotFound, NotSignedIn
from coderunner_core.services.learning import drafts


async def test_the_newest_save_is_what_another_device_loads(core: Core, ada: Actor) -> None:
    """Each save raises the version."""
    await drafts.save(ada, core, "countdown", "n = 1", "3")
    saved = await drafts.save(ada, core, "countdown", "n = 2", "4")
    assert await drafts.load(ada, core, "countdown") == saved
    assert (saved.source, saved.stdin, saved.version) == ("n = 2", "4", 2)


async def test_drafts_are_kept_by_problem_and_person(core: Core, ada: Actor, alan: Actor) -> None:
    """Neither another problem nor another student sees it."""
    await drafts.save(ada, core, "countdown", "n = 1")
    assert await drafts.load(ada, core, "even-numbers") is None
    assert await drafts.load(alan, core, "countdown") is None


async def test_an_empty_draft_is_kept(core: Core, ada: Actor) -> None:
    """Who deleted everything finds it deleted."""
    await drafts.save(ada, core, "countdown", "n = 1")
    await drafts.save(ada, core, "countdown", "")
    loaded = await drafts.load(ada, core, "countdown")
    assert loaded is not None
    assert loaded.source == ""


async def test_a_draft_that_is_too_large_is_refused_and_the_last_one_kept(core: Core, ada: Actor) -> None:
    """Nothing is lost by a bad save."""
    await drafts.save(ada, core, "countdown", "n = 1")
    with pytest.raises(BadInput, match="too large"):
        await drafts.save(ada, core, "countdown", "x" * 100_001)
    loaded = await drafts.load(ada, core, "countdown")
    assert loaded is not None
    assert loaded.source == "n = 1"


async def test_nobody_and_unknown_problems_are_refused(core: Core, ada: Actor) -> None:
    """In the service, whatever the page did."""
    with pytest.raises(NotSignedIn):
        await drafts.save(None, core, "countdown", "n = 1")
    with pytest.raises(NotSignedIn):
        await drafts.load(None, core, "countdown")
    with pytest.raises(NotFound):
        await drafts.save(ada, core, "no-such-problem", "n = 1")
