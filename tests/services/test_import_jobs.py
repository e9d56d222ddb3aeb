"""Import jobs: with whose rights they run, and how many wait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from credentials import token_for
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.packs import load_packs
from steelyard.services.authentication import Admitted, open_authenticator
from steelyard.services.context import Context, View, context_on
from steelyard.services.import_jobs import ImportJobs, NewJob, open_import_jobs
from steelyard.services.progress import Report
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
