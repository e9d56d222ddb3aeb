"""The screens and the queries of the bench: compiled they answer as they do field by field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from steelyard.packs import Packs
from steelyard.services.context import Context, context_on
from steelyard.store.engine import Database
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Answer, Executor, Operation
from steelyard_graphql.schema import schema

SCREENS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[2] / "docs" / "screens").glob("*.graphql"))
}
COMPILED, PLAIN = Executor(schema), Executor(schema, is_compiled=False)
WHERE = {"scheme": "education.campus", "period": "2025-Q4"}
# As bench/graphql_reads.py asks, which itself stops if they are not compiled.
FLAT = """
query Flat($scheme: String!, $period: String!) {
  overview(scheme: $scheme, period: $period, length: 2) {
    outcome reason score points fullMark verdict passed coverage change sparkline
  }
}
"""
DEEP = """
query Deep($scheme: String!, $period: String!, $indicators: [String!]) {
  heatMap(scheme: $scheme, period: $period, indicators: $indicators) {
    rows { cells { outcome score passed toMedian band { code } } }
  }
}
"""
SHARES = {
    "acts": 0.95,
    "administration": 0.6,
    "assessment": 0.8,
    "catalogue": 0.65,
    "comparison": 0.99,
    "data_inbox": 0.95,
    "difference": 0.99,
    "draft_plan": 0.7,
    "drill_down": 0.4,
    "heat_map": 0.99,
    "indicator": 0.6,
    "overview": 0.85,
    "peers": 0.98,
    "plan_board": 0.95,
    "ranking": 0.99,
    "roll_up": 0.98,
    "scorecard": 0.8,
    "weights": 0.7,
    "weights_workbench": 0.7,
}
"""Screens that show many things, and which share of their fields is compiled at least."""


@pytest.fixture
async def context(sqlite_samples: Database, packs: Packs) -> AsyncIterator[Context]:
    async with context_on(sqlite_samples, packs) as opened:
        yield opened


async def _ask(executor: Executor, context: Context, operation: Operation) -> Answer:
    return await executor.execute(operation, request_context(context))


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_screen_is_answered_alike(context: Context, screen: str) -> None:
    operation = Operation(SCREENS[screen])
    compiled, plain = [await _ask(executor, context, operation) for executor in (COMPILED, PLAIN)]
    assert compiled.body["data"] == plain.body["data"]
    assert (compiled.fields, plain.fields_compiled) == (plain.fields, 0)
    assert compiled.fields_compiled >= SHARES.get(screen, 0) * compiled.fields


@pytest.mark.parametrize("query", [FLAT, DEEP], ids=["flat", "deep"])
async def test_the_bench_measures_compiled_selections(context: Context, query: str) -> None:
    compiled, plain = [
        await _ask(executor, context, Operation(query, WHERE)) for executor in (COMPILED, PLAIN)
    ]
    assert compiled.body == plain.body
    assert "errors" not in compiled.body
    assert compiled.fields_compiled == compiled.fields - 1 == plain.fields - 1 > 0
