"""Requests that end before all of their fields: nothing of them goes on, and nothing is warned of."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import strawberry

from steelyard.errors import InvalidInput, Problem
from steelyard.settings.limits import Limits
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.coroutines import FEW, Coroutines
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.fields import computed
from steelyard_graphql.problems import BAD_USER_INPUT

LONG = 3_600


@dataclass
class Work:
    """How many fields began to wait, and how many ended."""

    began: int = 0
    ended: int = 0


async def _wait(work: Work) -> int:
    work.began += 1
    try:
        await asyncio.sleep(LONG)
    finally:
        work.ended += 1
    return 0


@plain
@strawberry.type
class Item:
    """One of many."""

    @computed("Known at once.", plain=True)
    def one(self) -> int:
        """Return a number."""
        return 1

    @computed("Waited for.")
    async def waiting(self, info: strawberry.Info[Work, None]) -> int:
        """Wait."""
        return await _wait(info.context)


@strawberry.type
class Query:
    """Fields that wait, and others that end them."""

    @strawberry.field
    async def waiting(self, info: strawberry.Info[Work, None]) -> int:
        """Wait."""
        return await _wait(info.context)

    @strawberry.field
    async def refused(self) -> int:
        """Fail when it is waited for."""
        raise InvalidInput([Problem(BAD_USER_INPUT)])

    @strawberry.field
    def refused_at_once(self) -> int:
        """Fail."""
        raise InvalidInput([Problem(BAD_USER_INPUT)])

    @strawberry.field
    async def items(self, count: int) -> list[Item]:
        """Return objects, a little later."""
        return [Item() for _ in range(count)]

    @strawberry.field
    def items_at_once(self, count: int) -> list[Item]:
        """Return objects."""
        return [Item() for _ in range(count)]

    @strawberry.field
    def me(self) -> Query:
        """Return it again."""
        return Query()


SCHEMA = strawberry.Schema(Query)


@contextmanager
def _nothing_left() -> Iterator[Work]:
    """Nothing goes on after the block, all that began to wait has ended, and Python warns of nothing."""
    work, before = Work(), asyncio.all_tasks()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        yield work
        gc.collect()
    assert [str(each.message) for each in told if each.category is RuntimeWarning] == []
    assert asyncio.all_tasks() == before
    assert work.began == work.ended


@pytest.mark.parametrize("is_compiled", [True, False])
@pytest.mark.parametrize(
    ("query", "resolved"),
    [
        ("{ a: waiting b: waiting me { me { me { __typename } } } }", 5),
        ("{ a: waiting items(count: 100) { one } }", 50),
        ("{ a: waiting items(count: 100) { one waiting } }", 150),
        ("{ a: items(count: 100) { waiting one } b: items(count: 100) { waiting } }", 150),
        ("{ a: waiting itemsAtOnce(count: 100) { one waiting } }", 150),
    ],
)
async def test_too_many_fields(query: str, resolved: int, is_compiled: bool) -> None:
    with _nothing_left() as work:
        executor = Executor(SCHEMA, Limits(resolved=resolved), is_compiled=is_compiled)
        answer = await executor.execute(Operation(query), work)
    assert answer.body["errors"][0]["extensions"]["code"] == "QUERY_TOO_LARGE"


@pytest.mark.parametrize("query", ["{ a: waiting refusedAtOnce }", "{ a: waiting refused }"])
async def test_a_field_that_takes_the_others_with_it(query: str) -> None:
    with _nothing_left() as work:
        answer = await Executor(SCHEMA).execute(Operation(query), work)
    assert answer.body["data"] is None


@pytest.mark.parametrize("steps", range(8))
async def test_a_request_that_is_cancelled(steps: int) -> None:
    """At each step of its way: there are fields that were made and have not begun."""
    query = "{ a: waiting items(count: 3) { one waiting } itemsAtOnce(count: 3) { waiting } }"
    with _nothing_left() as work:
        asked = asyncio.create_task(Executor(SCHEMA).execute(Operation(query), work))
        for _ in range(steps):
            await asyncio.sleep(0)
        asked.cancel()
        await asyncio.wait([asked])
        assert asked.cancelled()
        del asked


async def test_a_request_that_takes_too_long() -> None:
    with _nothing_left() as work:
        query = "{ a: waiting items(count: 3) { one waiting } }"
        answer = await Executor(SCHEMA, Limits(seconds=1)).execute(Operation(query), work)
    assert (answer.status, work.began) == (504, 4)


async def test_only_what_has_not_begun_is_kept_for_long() -> None:
    made = Coroutines()
    for _ in range(3 * FEW):
        begun = asyncio.sleep(0)
        made.keep(begun)
        await begun
    assert len(made._made) <= FEW
    made.close()
