"""Limits of a request: within plans they hold as they do beside them."""

from __future__ import annotations

from collections import Counter
from itertools import count

import pytest
import strawberry

from steelyard.settings.limits import Limits
from steelyard_graphql import budget
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.execution import Answer, Executor, Operation
from steelyard_graphql.fields import computed

CALLS: Counter[str] = Counter()
TEN = 10


@plain
@strawberry.type
class Branch:
    name: str = "a"

    @computed("Ten more.", plain=True)
    def more(self) -> list[Branch]:
        CALLS["more"] += 1
        return [Branch()] * TEN

    @computed("Its length.", plain=True)
    def length(self) -> int:
        CALLS["length"] += 1
        return 1


@strawberry.type
class Query:
    @strawberry.field
    def branches(self) -> list[Branch]:
        return [Branch() for _ in range(TEN)]


SCHEMA = strawberry.Schema(Query)
DEEP = "{ branches { more { more { more { name } } } } }"


async def _answer(query: str, limits: Limits, *, is_compiled: bool = True) -> tuple[Answer, Counter[str]]:
    CALLS.clear()
    executor = Executor(SCHEMA, limits, is_compiled=is_compiled)
    return await executor.execute(Operation(query), None), Counter(CALLS)


async def test_what_is_too_much_is_refused_before_it_is_read() -> None:
    limits = Limits(resolved=500, cost=1_000_000)
    compiled, called = await _answer(DEEP, limits)
    plain, usual = await _answer(DEEP, limits, is_compiled=False)
    assert compiled.body == plain.body
    assert compiled.body["errors"][0]["extensions"]["code"] == "QUERY_TOO_LARGE"
    # The plan asks the ten, and those below until there are more than 499.
    assert called["more"] == TEN + 39 < usual["more"]


async def test_the_clock_is_looked_at_between_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count(step=400)
    monkeypatch.setattr(budget, "monotonic", lambda: next(ticks) / 1000)
    query = "{ branches { a: length b: length c: length d: length } }"
    stopped, called = await _answer(query, Limits(seconds=1))
    assert (stopped.body["data"], stopped.status) == (None, 504)
    assert called["length"] == 2 * TEN
