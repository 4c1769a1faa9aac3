"""A press of Run or Submit, as the student meets it: accepted, shown, stopped."""

from __future__ import annotations

import contextlib
import logging
import math
import uuid

from redis.exceptions import RedisError
from sqlalchemy import bindparam, delete
from sqlmodel import col, func, select

from coderunner_core.actors import Actor
from coderunner_core.contract import Outcome, RunKind, RunStatus, Verdict
from coderunner_core.core import Core
from coderunner_core.errors import Busy, NotFound, StoreAway, TooMany
from coderunner_core.limits import in_words, neighbourhood
from coderunner_core.models import Run
from coderunner_core.quotas import Address, Allowance
from coderunner_core.services import turns
from coderunner_core.services.checks import acceptable_source, acceptable_stdin, signed_in
from coderunner_core.services.learning import visible
from coderunner_core.services.running import verdicts
from coderunner_core.services.running.allowances import allowance, classes_that_count
from coderunner_core.services.running.run_views import as_view
from coderunner_core.services.views import RunView

log = logging.getLogger(__name__)


CANNOT_RUN = "Programs cannot be run just now."

_ACTIVE = (  # of one person and kind; asked for every press, so it is put together once
    select(func.count())
    .select_from(Run)
    .where(Run.user_id == bindparam("user_id"), Run.kind == bindparam("kind"), col(Run.status) != RunStatus.FINISHED)
)


async def submit(
    actor: Actor | None,
    core: Core,
    problem_id: str,
    kind: RunKind,
    source: str,
    stdin: str = "",
    *,
    ip: str = "",
) -> RunView:
    """Accept a program: stored and committed first, queued second, so that a worker always finds what it is told of.

    Raises NotSignedIn, NotFound (problem, or one that their classes do not show), BadInput (empty or too large),
    TooMany (a quota, or others still waiting) and Busy (the queue is too long or cannot be reached; a run that was
    stored by then ends as internal_error).
    What is refused uses up no quota.
    """
    actor = signed_in(actor)
    problem = core.curriculum.problem(problem_id)
    acceptable_source(core, source)
    acceptable_stdin(core, stdin)
    run = Run(
        id=uuid.uuid4().hex, user_id=actor.user_id, problem_id=problem_id, problem_version=problem.version, kind=kind
    )
    classes = await classes_that_count(actor, core)
    await visible.must_see(actor, core, problem_id, visible.levels(classes))
    ahead, wait_s = await _let_in(core, run, ip, allowance(core.settings, actor.role, kind, classes))
    try:
        await _store(core, run)
    except BaseException as error:
        # Whoever presses while one is at work has pressed: else that would be a way to press without end.
        await verdicts.give_quota_back(core, run, was_started=isinstance(error, TooMany))
        if isinstance(error, StoreAway):
            raise StoreAway(CANNOT_RUN) from error
        raise
    try:
        await core.results.put_pending(run.id, source, stdin)
    except StoreAway as error:
        await _withdraw(core, run)
        raise StoreAway(CANNOT_RUN) from error
    try:
        await core.queue.enqueue(kind, run.id)
    except Busy as refusal:
        await verdicts.finish(core, run.id, Verdict(Outcome.INTERNAL_ERROR, explanation=refusal.message))
        raise
    log.info("run accepted", extra={"job_id": run.id, "user_id": actor.user_id, "kind": kind.value})
    return as_view(run, queue_place=ahead, queue_wait_s=wait_s, no_worker=wait_s is None)


async def _let_in(core: Core, run: Run, ip: str, allowed: Allowance) -> tuple[int, float | None]:
    """Ask every limit, the cheapest refusal first and the quota last; how many are ahead and the expected wait."""
    kind, settings = RunKind(run.kind), core.settings
    try:
        load = await core.load.of(kind)
        wait_s = load.wait_s()
        if wait_s is not None and wait_s > settings.max_queue_wait_s:
            raise Busy(
                f"Many programs are waiting: about {in_words(math.ceil(wait_s))}. Try again then.", limit="queue_wait"
            )
        address = Address(neighbourhood(ip), settings.presses_per_ip) if ip else None
        await core.quotas.take(run.user_id, kind, run.id, allowed, address)
    except RedisError as error:
        raise Busy("Programs cannot be run just now. What you typed is saved; try again in a moment.") from error
    return load.waiting, wait_s


async def _store(core: Core, run: Run) -> None:
    async with core.database.writing() as session:
        await turns.take(session, run.user_id)
        active = await session.exec(_ACTIVE, params={"user_id": run.user_id, "kind": run.kind})
        if active.one() >= core.settings.queued_runs_per_user:
            raise TooMany(
                "Your last program is still running. Wait for it or stop it first.",
                retry_after_s=5,
                limit="active",
            )
        session.add(run)


async def _withdraw(core: Core, run: Run) -> None:
    """What it would run could not be stored, so it was never accepted. If even this fails, it ends as our mistake."""
    async with core.database.writing() as session:
        await session.exec(delete(Run).where(col(Run.id) == run.id, col(Run.status) == RunStatus.PENDING))
    await verdicts.give_quota_back(core, run, was_started=False)


async def view(actor: Actor | None, core: Core, run_id: str) -> RunView:
    """One of the actor's own runs, with all that is known of it now. Raises NotSignedIn, and NotFound for others'."""
    actor = signed_in(actor)
    return await _full_view(core, await _own(actor, core, run_id))


async def latest(actor: Actor | None, core: Core, problem_id: str) -> RunView | None:
    """The actor's newest run of a problem, for a page that was just opened or reloaded; None when there is none."""
    actor = signed_in(actor)
    statement = (
        select(Run)
        .where(Run.user_id == actor.user_id, Run.problem_id == problem_id)
        .order_by(col(Run.created_at).desc())
        .limit(1)
    )
    async with core.database.reading() as session:
        run = (await session.exec(statement)).first()
    return await _full_view(core, run) if run else None


async def cancel(actor: Actor | None, core: Core, run_id: str) -> None:
    """Stop one's own run, waiting or running, from any device. One that is finished stays as it is.

    Raises NotSignedIn, NotFound (others' runs) and Busy (the worker cannot be told).
    """
    actor = signed_in(actor)
    run = await _own(actor, core, run_id)
    if run.status == RunStatus.FINISHED:
        return
    async with core.database.writing() as session:
        stored = await session.get(Run, run_id, populate_existing=True)
        if stored is None or stored.status == RunStatus.FINISHED:
            return
        waiting = stored.status == RunStatus.PENDING
        stored.cancel_requested = True
        session.add(stored)
    if waiting:
        with contextlib.suppress(StoreAway):  # then the worker that takes it reads that it is not wanted any more
            await verdicts.finish(core, run_id, Verdict(Outcome.CANCELLED))
    try:  # also when it waited: a worker may have claimed it a moment ago
        await core.events.ask_to_stop(run_id)
    except RedisError as error:
        raise Busy("The program cannot be told to stop just now. It ends by itself within seconds.") from error


async def _own(actor: Actor, core: Core, run_id: str) -> Run:
    async with core.database.reading() as session:
        run = await session.get(Run, run_id) if "\0" not in run_id else None
    if run is None or run.user_id != actor.user_id:
        raise NotFound("There is no such run.")
    return run


async def _full_view(core: Core, run: Run) -> RunView:
    """With the body: what arrived so far while it runs, what was stored when it is final."""
    try:
        result = await core.results.get(run.id)
    except StoreAway:  # how it ended is known all the same
        return as_view(run, body_away=True)
    kind, verdict = RunKind(run.kind), result.verdict if result else None
    try:
        chunks = await core.events.replay(run.id)
        if run.status != RunStatus.PENDING:
            return as_view(run, verdict, chunks)
        place = await core.queue.place(kind, run.id, run.attempt)
        wait_s = (await core.load.of(kind)).wait_s(ahead=place)
    except RedisError:  # the stored verdict is enough to show the run
        return as_view(run, verdict)
    return as_view(run, verdict, chunks, place, wait_s, no_worker=wait_s is None)
