"""Random queries over the real schema: compiled they have the data and the errors that they have plainly."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiled.answers import seen
from compiled.queries import Asker, lists_of_objects
from services.conftest import load_shops
from services.shop_pack import SCHEME, shop_packs
from steelyard.services.context import open_context
from steelyard.settings.limits import Limits
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Answer, Executor, Operation
from steelyard_graphql.schema import schema

Ask = Callable[[Operation], tuple[Answer, Answer]]
GRAPHQL = schema._schema
TEXTS = {
    "": ["S1", "S2", "SHOP", "CO"],
    "scheme": [*[SCHEME] * 20, "no.scheme"],
    "code": ["S1", "S4", "CO", SCHEME, SCHEME],
    "unit": ["S1", "S2", "S4", "S5", "CO"],
    "units": ["S1", "S2", "S4", "S5"],
    "below": ["NORTH", "CO", "SOUTH", "S1"],
    "period": ["2025-01", "2025-01", "2025-02", "2025-Q1"],
    "periods": ["2025-01", "2025-02"],
    "until": ["2025-01", "2025-02"],
    "indicator": ["SHOP", "SERVICE", "SPEED", "ROOMS"],
    "indicators": ["SHOP", "SERVICE", "SPEED", "ROOMS"],
    "after": ["", "x"],
    "before": ["", "x"],
}
OFTEN = [
    "overview",
    "overviewPage",
    "heatMap",
    "comparison",
    "ranking",
    "scorecard",
    "units",
    "unit",
    "periods",
    "scheme",
    "attribution",
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks the same of both ways of execution, about a few shops."""
    url, packs = f"sqlite:///{tmp_path_factory.mktemp('shops') / 'shops.db'}", shop_packs()
    load_shops(url, packs)
    limits = Limits(aliases=1_000, suggestions=True)
    ways = Executor(schema, limits), Executor(schema, limits, is_compiled=False)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        context = runner.run(stack.enter_async_context(open_context(url, packs)))

        async def both(operation: Operation) -> tuple[Answer, Answer]:
            first, second = [await way.execute(operation, request_context(context)) for way in ways]
            return first, second

        yield lambda operation: runner.run(both(operation))
        runner.run(stack.aclose())


@st.composite
def operations(draw: Any) -> Operation:
    asker = Asker(draw, GRAPHQL, TEXTS)
    roots = draw(st.sampled_from([OFTEN, OFTEN, OFTEN, lists_of_objects(GRAPHQL)]))
    query = asker.query(roots)
    return Operation(query, asker.variables)


def test_both_ways_answer_alike(ask: Ask) -> None:
    told: Counter[str] = Counter()

    @settings(
        max_examples=100,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(operations())
    def check(operation: Operation) -> None:
        compiled, plain = ask(operation)
        assert seen(compiled) == seen(plain)
        if "errors" not in plain.body:
            assert compiled.fields == plain.fields
        told.update(began=compiled.began, compiled=compiled.fields_compiled > 0)
        told.update(failed=compiled.began and "errors" in compiled.body)

    check()
    # Random queries show something only if many of them are answered, compiled, and if some go wrong.
    assert told["began"] > 50
    assert told["compiled"] > 25
    assert told["failed"] > 5
