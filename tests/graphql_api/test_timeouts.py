"""Requests that take too long: the answer says so, and the work has stopped, the statement of SQL with it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import monotonic

import httpx
import strawberry
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.routing import Route

from steelyard.packs import Packs
from steelyard.services.context import context_on
from steelyard.services.import_jobs import ImportJobs
from steelyard.settings.limits import Limits
from steelyard.store.engine import Database
from steelyard_graphql.context import RequestContext, request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.http.admission import everybody
from steelyard_graphql.http.endpoint import GraphQLEndpoint

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}
RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
QUICK = Limits(seconds=1)


@dataclass
class Work:
    """What a resolver does, and how it ended."""

    database: Database | None = None
    ends: list[str] = field(default_factory=list)


@strawberry.type
class Query:
    """Fields that take long."""

    @strawberry.field
    async def statement(self, info: strawberry.Info[Work, None]) -> int:
        """Run SQL without end."""
        database = info.context.database
        assert database is not None
        try:
            async with database.bare() as connection:
                await connection.execute(text(SLOW[database.dialect]))
        except asyncio.CancelledError:
            info.context.ends.append("cancelled")
            raise
        return 0

    @strawberry.field
    async def waiting(self, info: strawberry.Info[Work, None]) -> int:
        """Wait for nothing."""
        try:
            await asyncio.sleep(60)
        finally:
            info.context.ends.append("waited")
        return 0

    @strawberry.field
    def many(self) -> list[Query]:
        """Compute without waiting for anything."""
        return [Query() for _ in range(1_000)]

    @strawberry.field
    def one(self) -> int:
        """Return a number."""
        return 1


@strawberry.type
class Waiting:
    """A field that waits for nothing."""

    @strawberry.field
    async def waiting(self) -> int:
        """Wait."""
        await asyncio.sleep(60)
        return 0


SCHEMA = strawberry.Schema(Query)


async def test_a_statement_of_sql_is_stopped(database: Database) -> None:
    work = Work(database)
    began = monotonic()
    answer = await Executor(SCHEMA, QUICK).execute(Operation("{ statement }"), work)
    assert (answer.status, work.ends) == (504, ["cancelled"])
    assert answer.body["errors"][0]["extensions"]["code"] == "REQUEST_TOO_SLOW"
    if database.dialect == "postgresql":
        async with database.bare() as connection:
            assert (await connection.execute(text(RUNNING))).scalar_one() == 0
    # SQLite's thread ends with the statement; were it still counting, this would wait for it without end.
    async with asyncio.timeout(10):
        await database.engine.dispose()
    assert monotonic() - began < 30


async def test_all_fields_are_stopped() -> None:
    work = Work()
    answer = await Executor(SCHEMA, QUICK).execute(Operation("{ a: waiting b: waiting }"), work)
    assert (answer.body["data"], work.ends) == (None, ["waited", "waited"])


async def test_computing_is_stopped() -> None:
    """A thousand objects in each of a thousand: nothing here ever waits."""
    limits = Limits(seconds=1, resolved=10_000_000, cost=10_000_000)
    answer = await Executor(SCHEMA, limits).execute(Operation("{ many { many { many { one } } } }"), Work())
    assert (answer.body["data"], answer.status) == (None, 504)


async def test_what_loaders_load_is_stopped(database: Database, packs: Packs) -> None:
    stopped = asyncio.Event()

    async def load(*_: object) -> list[object]:
        try:
            await asyncio.sleep(3_600)
        finally:
            stopped.set()
        return []

    @strawberry.type
    class Loading:
        @strawberry.field
        async def loaded(self, info: strawberry.Info[RequestContext, None]) -> bool:
            await info.context.loaders.persons.load(1)
            return True

    async with context_on(database, packs) as context:
        own = request_context(context)
        own.loaders.persons = own.loaders._loader(load)  # the real one asks the database
        await Executor(strawberry.Schema(Loading), QUICK).execute(Operation("{ loaded }"), own)
        async with asyncio.timeout(60):
            await stopped.wait()


async def test_the_status_is_that_of_a_gateway(database: Database, packs: Packs) -> None:
    async with context_on(database, packs) as context:
        endpoint = GraphQLEndpoint(
            Executor(strawberry.Schema(Waiting), QUICK), everybody(context, ImportJobs(context))
        )
        app = Starlette(routes=[Route("/graphql", endpoint)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
            response = await client.post("/graphql", json={"query": "{ waiting }"})
    assert (response.status_code, response.json()["data"]) == (504, None)


async def test_what_is_done_in_time_is_answered() -> None:
    answer = await Executor(SCHEMA, QUICK).execute(Operation("{ one }"), Work())
    assert answer.body["data"] == {"one": 1}
