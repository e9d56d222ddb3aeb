"""Subscriptions of somebody whose rights change meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.errors import Text
from steelyard.packs import load_packs
from steelyard.services.context import Context, open_context
from steelyard.store import import_jobs, migrate
from steelyard.store.import_jobs import JobRecord, JobState
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Answer, Executor, Operation
from steelyard_graphql.schema import schema

PROGRESS = 'subscription { importProgress(job: "other") { fileName } }'
ABLE, UNABLE = LOCAL_ADMINISTRATOR, LOCAL_ADMINISTRATOR.after({})


@pytest.fixture
async def context(tmp_path: Path) -> AsyncIterator[Context]:
    url = f"sqlite:///{tmp_path}/a.db"
    await migrate.upgrade(url)
    async with open_context(url, load_packs([])) as opened:
        now, stage = datetime.now(UTC), Text("一", "One")
        state = JobState.RUNNING
        job = JobRecord(
            "other", "measurements", "x", "secret.csv", state, stage, 0, 0, False, None, [], now, "who", now
        )
        async with opened.database.write(opened.scope) as writer:
            await import_jobs.record(writer, opened.scope, job)
        yield opened


async def first_answer(context: Context, actors: Sequence[Actor]) -> Answer:
    """What is heard first by whoever is let in as these, one time after the other."""
    left = iter(actors)

    async def renew() -> RequestContext:
        return RequestContext(context.view(), next(left), context.scope, context.packs)

    async with aclosing(Executor(schema).stream(Operation(PROGRESS), renew)) as answers:
        return await anext(answers)


async def test_with_the_same_rights_it_goes_on(context: Context) -> None:
    found = await first_answer(context, [ABLE, ABLE])
    assert found.body["data"] == {"importProgress": {"fileName": "secret.csv"}}


async def test_rights_that_are_gone_end_what_was_begun_with_them(context: Context) -> None:
    found = await first_answer(context, [ABLE, UNABLE])
    assert "secret" not in str(found.body)
    assert found.body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
