"""Import jobs: with whose rights they run, and how many wait."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from credentials import token_for
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Problem, TransientError
from steelyard.packs import load_packs
from steelyard.services import room
from steelyard.services.authentication import Admitted, open_authenticator
from steelyard.services.context import Context, View, context_on
from steelyard.services.import_jobs import JOBS_OF_ACCOUNT, ImportJobs, NewJob, open_import_jobs
from steelyard.services.places import Places
from steelyard.services.problems import IMPORT_JOB_NOT_FOUND, IMPORT_JOBS_TOO_MANY
from steelyard.services.progress import Report
from steelyard.services.room import RESERVE, full_disk_told
from steelyard.store import accounts, grants, tokens
from steelyard.store.accounts import AccountState
from steelyard.store.engine import Database


@pytest.fixture
async def context(database: Database) -> AsyncIterator[Context]:
    async with context_on(database, load_packs([])) as opened:
        yield opened


@pytest.fixture
async def jobs(context: Context) -> AsyncIterator[ImportJobs]:
    async with open_import_jobs(context) as opened:
        yield opened


async def admitted(context: Context, code: str = "shop") -> Admitted:
    token = await token_for(context.database, context.scope, code, (Role.ADMINISTRATOR, None))
    async with open_authenticator(context) as authenticator:
        return await authenticator.admit([f"Bearer {token}"], "-")


def job(ran: list[Actor]) -> NewJob:
    """A job that notes as whom it runs."""

    async def work(view: View, actor: Actor, scope: Scope, path: Path, report: Report) -> None:
        ran.append(actor)

    def keep(folder: Path) -> Path:
        return folder

    return NewJob("records", "x.y", "x.csv", keep, work)


async def ended(context: Context, jobs: ImportJobs, name: str) -> list[str]:
    """Wait for a job; the codes of its problems, or its state."""
    async for found in jobs.follow(LOCAL_ADMINISTRATOR, context.scope, name):
        last = found
    return [each["code"] for each in last.problems] or [last.state.value]


async def suspend(context: Context, sender: Admitted) -> None:
    async with context.database.write(context.scope) as writer:
        account = await accounts.find(writer, context.scope, sender.actor.id)
        assert account is not None
        await accounts.set_state(writer, context.scope, account.id, AccountState.SUSPENDED)


async def take_token(context: Context, sender: Admitted) -> None:
    async with context.database.write(context.scope) as writer:
        await tokens.revoke(writer, context.scope, str(sender.actor.token))


async def take_grants(context: Context, sender: Admitted) -> None:
    async with context.database.write(context.scope) as writer:
        for each in await grants.load(writer, context.scope):
            await grants.revoke(writer, context.scope, each.id)


@pytest.mark.parametrize("lose", [suspend, take_token])
async def test_a_job_whose_sender_was_shut_out_while_it_waited_is_refused(
    context: Context, jobs: ImportJobs, lose: Callable[[Context, Admitted], Awaitable[None]]
) -> None:
    sender, ran = await admitted(context), list[Actor]()
    await lose(context, sender)
    made = await jobs.start(sender.actor, sender.scope, job(ran))
    assert await ended(context, jobs, made.job) == ["STANDING_LOST"]
    assert ran == []


@pytest.mark.parametrize("with_token", [True, False])
async def test_a_job_runs_with_the_rights_that_its_sender_has_when_it_begins(
    context: Context, jobs: ImportJobs, with_token: bool
) -> None:
    """Whoever came by an identity provider, without a token of ours, is known by their account."""
    sender, ran = await admitted(context), list[Actor]()
    actor = sender.actor if with_token else replace(sender.actor, token=None, maker=None)
    await take_grants(context, sender)
    made = await jobs.start(actor, sender.scope, job(ran))
    assert await ended(context, jobs, made.job) == ["done"]
    assert [each.may(Permission.MEASUREMENT_IMPORT) for each in [actor, *ran]] == [True, False]


async def refused(jobs: ImportJobs, sender: Admitted, new: NewJob) -> list[str]:
    """The codes with which a job is refused."""
    with pytest.raises(TransientError) as refusal:
        await jobs.start(sender.actor, sender.scope, new)
    return [each.code for each in refusal.value.problems]


async def test_an_account_has_so_many_jobs_waiting_and_running(context: Context, jobs: ImportJobs) -> None:
    """What is refused is not kept; when one is over there is a place again, and others have their own."""
    go_on, kept = asyncio.Event(), list[Path]()

    async def work(view: View, actor: Actor, scope: Scope, path: Path, report: Report) -> None:
        await go_on.wait()

    def keep(folder: Path) -> Path:
        kept.append(folder)
        return folder

    waiting = NewJob("records", "x.y", "x.csv", keep, work)
    sender, other = await admitted(context), await admitted(context, "other")
    made = [await jobs.start(sender.actor, sender.scope, waiting) for _ in range(JOBS_OF_ACCOUNT)]
    assert await refused(jobs, sender, waiting) == ["IMPORT_JOBS_TOO_MANY"]
    assert len(kept) == JOBS_OF_ACCOUNT
    await jobs.start(other.actor, other.scope, waiting)
    await jobs.cancel(sender.actor, sender.scope, made[0].job)
    await jobs.start(sender.actor, sender.scope, waiting)
    go_on.set()


async def test_a_full_disk_has_a_code_of_its_own(context: Context, jobs: ImportJobs) -> None:
    """Where the file is kept, and where the work is done."""

    async def work(view: View, actor: Actor, scope: Scope, path: Path, report: Report) -> None:
        await asyncio.to_thread(Path("/dev/full").write_bytes, b"x")

    def fill(folder: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    sender, kept = await admitted(context), job([])
    made = await jobs.start(sender.actor, sender.scope, replace(kept, work=work))
    assert await ended(context, jobs, made.job) == ["DISK_FULL"]
    for _ in range(JOBS_OF_ACCOUNT + 1):
        assert await refused(jobs, sender, replace(kept, keep=fill)) == ["DISK_FULL"]


def test_a_tenant_has_so_many_places() -> None:
    places = Places(IMPORT_JOBS_TOO_MANY, per_tenant=2, per_account=2)
    a, b, c = (replace(LOCAL_ADMINISTRATOR, id=each) for each in "abc")
    for each in (a, b):
        places.take(each, Scope(1))
    with pytest.raises(TransientError):
        places.take(c, Scope(1))
    places.take(c, Scope(2))
    places.leave(a, Scope(1))
    places.take(c, Scope(1))


# what is raised → whether it is told as a full disk
FULL: list[tuple[Exception, bool]] = [
    (OSError(errno.ENOSPC, "x"), True),
    (OSError(errno.EDQUOT, "x"), True),
    (OSError(errno.EIO, "x"), False),
    (duckdb.IOException("Could not write file: No space left on device"), True),
    (sqlite3.OperationalError("database or disk is full"), True),
    (Conflict(Problem(IMPORT_JOB_NOT_FOUND, values={"job": "No space left on device"})), False),
]


@pytest.mark.parametrize(("error", "told"), FULL, ids=str)
def test_what_tells_of_a_full_disk(error: Exception, told: bool) -> None:
    with pytest.raises(TransientError if told else type(error)), full_disk_told():
        raise error


def test_room_is_what_leaves_the_reserve_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(free=RESERVE + 10)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda folder: usage)
    room.require_room(tmp_path, 10)
    with pytest.raises(TransientError):
        room.require_room(tmp_path, 11)
